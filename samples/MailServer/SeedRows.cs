namespace MailServer;

/// <summary>
/// Rows to try the history with: mixed case, accents, quotes, NULLs, fractions. Each block is put in right after its revision,
/// in the columns that exist there, and refers to rows of earlier blocks.
/// </summary>
internal static class SeedRows
{
    /// <summary>The statements to run after a revision, or null where it brings no rows.</summary>
    public static string? After(int revision) => revision switch
    {
        0 => """
            INSERT INTO domain (created_at, comment, name, max_users, max_aliases) VALUES
                ('2016-07-01', 'mixed case', 'Example.COM', 0, 10),
                ('2016-07-02', NULL, 'other.org', 5, 0);
            INSERT INTO user (created_at, localpart, password, quota_bytes, global_admin, enable_imap, enable_pop,
                    forward_enabled, forward_destination, reply_enabled, reply_subject, reply_body, displayed_name,
                    spam_enabled, spam_threshold, domain_name, email) VALUES
                ('2016-07-01', 'Admin', '{BLF-CRYPT}x''y', 1000000000, 1, 1, 0, 0, NULL, 0, NULL, NULL, 'The "Admin"',
                    1, 5, 'Example.COM', 'Admin@Example.COM'),
                ('2016-07-02', 'bob', 'p', 0, 0, 1, 1, 1, 'a@b.c,d@e.f', 1, 'away',
                    'line 1' || char(10) || 'line 2; -- not a comment', 'Bob Ünïcode',
                    0, 9.5, 'other.org', 'bob@other.org');
            INSERT INTO alias (created_at, localpart, destination, domain_name, email) VALUES
                ('2016-07-03', 'Info', 'Admin@Example.COM', 'Example.COM', 'Info@Example.COM'),
                ('2016-07-03', 'x', 'bob@other.org', 'other.org', 'x@other.org');
            INSERT INTO fetch (created_at, id, user_email, protocol, host, port, tls, username, password) VALUES
                ('2016-07-04', 7, 'Admin@Example.COM', 'imap', 'h', 993, 1, 'u', 'p'),
                ('2016-07-04', 9, 'bob@other.org', 'pop3', 'h', 110, 0, 'u', 'p');
            INSERT INTO manager (domain_name, user_email) VALUES
                ('Example.COM', 'Admin@Example.COM'),
                ('other.org', 'bob@other.org');
            """,
        2 => """
            INSERT INTO user (created_at, localpart, password, quota_bytes, global_admin, enable_imap, enable_pop,
                    forward_enabled, reply_enabled, displayed_name, spam_enabled, spam_threshold, domain_name, email) VALUES
                ('2016-08-20', 'nul', 'p', 1, 0, 1, 1, 0, 0, '', 1, NULL, 'other.org', 'nul@other.org'),
                ('2016-08-20', 'frac', 'p', 1, 0, 1, 1, 0, 0, '', 1, 12.5, 'other.org', 'frac@other.org');
            """,
        3 => """
            UPDATE fetch SET error = 'boom', last_check = '2016-09-11 10:00:00.000000' WHERE id = 9;
            """,
        4 => """
            INSERT INTO user (created_at, localpart, password, quota_bytes, global_admin, enable_imap, enable_pop,
                    forward_enabled, reply_enabled, displayed_name, spam_enabled, domain_name, email) VALUES
                ('2016-10-01', 'dflt', 'p', 1, 0, 1, 1, 0, 0, '', 1, 'other.org', 'dflt@other.org');
            UPDATE user SET spam_threshold = 72.9 WHERE localpart = 'frac';
            """,
        9 => """
            INSERT INTO alternative (created_at, name, domain_name) VALUES ('2017-09-04', 'ALT.example.com', 'Example.COM');
            """,
        10 => """
            INSERT INTO relay (created_at, name, smtp) VALUES ('2017-09-11', 'Relay.Example.NET', 'Smtp.Example.NET:25');
            """,
        12 => """
            INSERT INTO token (created_at, id, user_email, password, ip) VALUES
                ('2017-10-30', 3, 'Admin@Example.COM', 't', '10.0.0.1');
            """,
        19 => """
            INSERT INTO config (name, value) VALUES ('instance-id', '"abc"'), ('empty', NULL);
            """,
        30 => """
            INSERT INTO user (created_at, localpart, password, quota_bytes, global_admin, enable_imap, enable_pop,
                    forward_enabled, reply_enabled, displayed_name, spam_enabled, domain_name, email) VALUES
                ('2025-12-28', 'Carol', 'p', 1, 0, 1, 1, 0, 0, '', 1, 'example.com', 'Carol@example.com');
            INSERT INTO domain_access (id, domain_name, user_email, created_at) VALUES
                (1, 'example.com', 'Carol@example.com', '2025-12-28'),
                (2, 'other.org', NULL, '2025-12-28');
            INSERT INTO alias (created_at, localpart, destination, domain_name, email, hostname, owner_email, disabled) VALUES
                ('2025-12-28', 'Anon1', 'Carol@example.com', 'example.com', 'Anon1@example.com', 'shop.example',
                    'Carol@example.com', 1);
            INSERT INTO token (created_at, id, user_email, password, ip) VALUES
                ('2025-12-28', 4, 'Carol@example.com', 't2', NULL);
            INSERT INTO manager (domain_name, user_email) VALUES
                ('example.com', 'Carol@example.com'),
                (NULL, 'Carol@example.com');
            """,
        _ => null,
    };
}
