namespace MailServer.Tests;

/// <summary>Rows as the mail server writes them. What a test doesn't name is as an administrator leaves it.</summary>
internal static class MailRows
{
    public static Dictionary<string, object?> Domain(string name, params (string Column, object? Value)[] others) => Row(
        [("created_at", "2016-07-01"), ("name", name), ("max_users", 0), ("max_aliases", 0)], others);

    /// <summary>A user without a threshold, which the first two revisions need to be told.</summary>
    public static Dictionary<string, object?> User(string email, params (string Column, object? Value)[] others) => Row(
        [
            ("created_at", "2016-07-01"), ("email", email), ("localpart", LocalPart(email)), ("domain_name", DomainName(email)),
            ("password", "{BLF-CRYPT}$2y$05$x'y"), ("displayed_name", ""), ("quota_bytes", 1_000_000_000), ("global_admin", false),
            ("enable_imap", true), ("enable_pop", true), ("forward_enabled", false), ("reply_enabled", false), ("spam_enabled", true),
        ],
        others);

    public static Dictionary<string, object?> Alias(string email, string destination, params (string Column, object? Value)[] others) => Row(
        [
            ("created_at", "2016-07-01"), ("email", email), ("localpart", LocalPart(email)), ("domain_name", DomainName(email)),
            ("destination", destination),
        ],
        others);

    public static Dictionary<string, object?> Fetch(string userEmail, params (string Column, object? Value)[] others) => Row(
        [
            ("created_at", "2016-07-01"), ("user_email", userEmail), ("protocol", "imap"), ("host", "imap.example.net"), ("port", 993),
            ("tls", true), ("username", userEmail), ("password", "pass'word"),
        ],
        others);

    public static Dictionary<string, object?> Token(string userEmail, params (string Column, object? Value)[] others) => Row(
        [("created_at", "2017-10-30"), ("user_email", userEmail), ("password", "$5$rounds=1000$t")], others);

    private static Dictionary<string, object?> Row(
        (string Column, object? Value)[] usual, (string Column, object? Value)[] others)
    {
        Dictionary<string, object?> row = new(StringComparer.Ordinal);
        foreach ((string column, object? value) in usual.Concat(others))
        {
            row[column] = value;
        }

        return row;
    }

    private static string LocalPart(string email) => email[..email.IndexOf('@', StringComparison.Ordinal)];

    private static string DomainName(string email) => email[(email.IndexOf('@', StringComparison.Ordinal) + 1)..];
}
