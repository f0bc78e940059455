-- The schema that these migrations make. Written by a program: what is changed here by hand is lost.
-- 1 00 ff0417f4318f Initial schema
-- 2 01 c5696b48442d Wildcard aliases
-- 3 02 a4accda8a8c7 Spam threshold of ten
-- 4 03 dc8c25cf5b98 Time and error of the last fetch
-- 5 04 27ae2f102682 Spam threshold in percent
-- 6 05 12e9a4f6ed73 Spam threshold as a whole number
-- 7 06 2335c80a6bc3 A maximum quota for each domain
-- 8 07 3f6994568962 Fetched messages may stay where they were
-- 9 08 73e56bad5ec5 Forwarded messages may be kept
-- 10 09 c9a0b4e653cf Alternative domains
-- 11 10 c162ac88012a Relayed domains
-- 12 11 9c28df23f77e Case of addresses of users and aliases
-- 13 12 9400a032eb1a Authentication tokens
-- 14 13 77aa22ad72e2 An end date for the vacation reply
-- 15 14 423155f8fc15 Signup for each domain
-- 16 15 49d77a93118e Users can be disabled
-- 17 16 049fed905da7 Case of the address of a user
-- 18 17 25fd6c7bcb4a Used quota
-- 19 18 3b281286c7bd A start date for the vacation reply
-- 20 19 cd79ed46d9c2 A table for the configuration
-- 21 20 546b04c886f0 Names for all constraints
-- 22 21 f1393877871d Bookkeeping columns for the configuration
-- 23 22 5aeb5811408e Names and addresses in lower case
-- 24 23 fc099bd15cbe Unlimited is -1
-- 25 24 3b7eee912b41 Quotas of any size
-- 26 25 8f9ea78776f4 Spam may be marked as read
-- 27 26 f4f0f89e0047 Fetches are scanned and read from folders
-- 28 27 7ac252f2bbbf Users may send under any address
-- 29 28 6b8f5e8caaa9 Room for IPv6 addresses of tokens
-- 30 29 0ba45693748d A new password at the next login
-- 31 30 31f40da48c01 Anonymous addresses, and who may use which domain
-- 32 31 fdff7f84d363 Fetches can be invisible
-- 33 32 9a5866105f5a Names and addresses in lower case, once more

CREATE TABLE "alias" (
    "created_at" DATE NOT NULL,
    "updated_at" DATE,
    "comment" VARCHAR(255),
    "localpart" VARCHAR(80) NOT NULL,
    "destination" VARCHAR(1023) NOT NULL,
    "domain_name" VARCHAR(80) NOT NULL,
    "email" VARCHAR(255) NOT NULL,
    "wildcard" BOOLEAN NOT NULL DEFAULT 0,
    "hostname" VARCHAR(255),
    "owner_email" VARCHAR(255),
    "disabled" BOOLEAN NOT NULL DEFAULT 0,
    CONSTRAINT "alias_pkey" PRIMARY KEY ("email"),
    CONSTRAINT "alias_domain_name_fkey" FOREIGN KEY ("domain_name") REFERENCES "domain" ("name"),
    CONSTRAINT "alias_owner_email_fkey" FOREIGN KEY ("owner_email") REFERENCES "user" ("email")
);

CREATE TABLE "alternative" (
    "created_at" DATE NOT NULL,
    "updated_at" DATE,
    "comment" VARCHAR(255),
    "name" VARCHAR(80) NOT NULL,
    "domain_name" VARCHAR(80),
    CONSTRAINT "alternative_pkey" PRIMARY KEY ("name"),
    CONSTRAINT "alternative_domain_name_fkey" FOREIGN KEY ("domain_name") REFERENCES "domain" ("name")
);

CREATE TABLE "config" (
    "name" VARCHAR(255) NOT NULL,
    "value" VARCHAR(255),
    "comment" VARCHAR(255),
    "created_at" DATE NOT NULL DEFAULT '1900-01-01',
    "updated_at" DATE,
    CONSTRAINT "config_pkey" PRIMARY KEY ("name")
);

CREATE TABLE "domain" (
    "created_at" DATE NOT NULL,
    "updated_at" DATE,
    "comment" VARCHAR(255),
    "name" VARCHAR(80) NOT NULL,
    "max_users" INTEGER DEFAULT '-1' NOT NULL,
    "max_aliases" INTEGER DEFAULT '-1' NOT NULL,
    "max_quota_bytes" BIGINT NOT NULL DEFAULT '0',
    "signup_enabled" BOOLEAN NOT NULL DEFAULT 0,
    "anonmail_enabled" BOOLEAN NOT NULL DEFAULT 0,
    CONSTRAINT "domain_pkey" PRIMARY KEY ("name")
);

CREATE TABLE "domain_access" (
    "id" INTEGER NOT NULL,
    "domain_name" VARCHAR(255) NOT NULL,
    "user_email" VARCHAR(255),
    "created_at" DATE NOT NULL,
    "updated_at" DATE,
    "comment" VARCHAR(255),
    CONSTRAINT "domain_access_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "domain_access_domain_name_fkey" FOREIGN KEY ("domain_name") REFERENCES "domain" ("name"),
    CONSTRAINT "domain_access_user_email_fkey" FOREIGN KEY ("user_email") REFERENCES "user" ("email"),
    CONSTRAINT "uq_domain_access_user" UNIQUE ("domain_name", "user_email")
);

CREATE TABLE "fetch" (
    "created_at" DATE NOT NULL,
    "updated_at" DATE,
    "comment" VARCHAR(255),
    "id" INTEGER NOT NULL,
    "user_email" VARCHAR(255) NOT NULL,
    "protocol" VARCHAR(4) NOT NULL,
    "host" VARCHAR(255) NOT NULL,
    "port" INTEGER NOT NULL,
    "tls" BOOLEAN NOT NULL,
    "username" VARCHAR(255) NOT NULL,
    "password" VARCHAR(255) NOT NULL,
    "error" VARCHAR(1023),
    "last_check" DATETIME,
    "keep" BOOLEAN NOT NULL DEFAULT 0,
    "scan" BOOLEAN NOT NULL DEFAULT 0,
    "folders" VARCHAR(4096),
    "invisible" BOOLEAN NOT NULL DEFAULT 0,
    CONSTRAINT "fetch_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "fetch_user_email_fkey" FOREIGN KEY ("user_email") REFERENCES "user" ("email")
);

CREATE TABLE "manager" (
    "domain_name" VARCHAR(80),
    "user_email" VARCHAR(255),
    CONSTRAINT "manager_domain_name_fkey" FOREIGN KEY ("domain_name") REFERENCES "domain" ("name"),
    CONSTRAINT "manager_user_email_fkey" FOREIGN KEY ("user_email") REFERENCES "user" ("email")
);

CREATE TABLE "relay" (
    "created_at" DATE NOT NULL,
    "updated_at" DATE,
    "comment" VARCHAR(255),
    "name" VARCHAR(80) NOT NULL,
    "smtp" VARCHAR(80),
    CONSTRAINT "relay_pkey" PRIMARY KEY ("name")
);

CREATE TABLE "token" (
    "created_at" DATE NOT NULL,
    "updated_at" DATE,
    "comment" VARCHAR(255),
    "id" INTEGER NOT NULL,
    "user_email" VARCHAR(255) NOT NULL,
    "password" VARCHAR(255) NOT NULL,
    "ip" VARCHAR(255),
    CONSTRAINT "token_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "token_user_email_fkey" FOREIGN KEY ("user_email") REFERENCES "user" ("email")
);

CREATE TABLE "user" (
    "created_at" DATE NOT NULL,
    "updated_at" DATE,
    "comment" VARCHAR(255),
    "localpart" VARCHAR(80) NOT NULL,
    "password" VARCHAR(255) NOT NULL,
    "quota_bytes" BIGINT NOT NULL,
    "global_admin" BOOLEAN NOT NULL,
    "enable_imap" BOOLEAN NOT NULL,
    "enable_pop" BOOLEAN NOT NULL,
    "forward_enabled" BOOLEAN NOT NULL,
    "forward_destination" VARCHAR(255),
    "reply_enabled" BOOLEAN NOT NULL,
    "reply_subject" VARCHAR(255),
    "reply_body" TEXT,
    "displayed_name" VARCHAR(160) NOT NULL,
    "spam_enabled" BOOLEAN NOT NULL,
    "domain_name" VARCHAR(80) NOT NULL,
    "email" VARCHAR(255) NOT NULL,
    "spam_threshold" INTEGER DEFAULT '80.',
    "forward_keep" BOOLEAN NOT NULL DEFAULT 1,
    "reply_enddate" DATE NOT NULL DEFAULT '2999-12-31',
    "enabled" BOOLEAN NOT NULL DEFAULT 1,
    "quota_bytes_used" BIGINT NOT NULL DEFAULT '0',
    "reply_startdate" DATE NOT NULL DEFAULT '1900-01-01',
    "spam_mark_as_read" BOOLEAN NOT NULL DEFAULT 0,
    "allow_spoofing" BOOLEAN NOT NULL DEFAULT 0,
    "change_pw_next_login" BOOLEAN NOT NULL DEFAULT 0,
    CONSTRAINT "user_pkey" PRIMARY KEY ("email"),
    CONSTRAINT "user_domain_name_fkey" FOREIGN KEY ("domain_name") REFERENCES "domain" ("name")
);
