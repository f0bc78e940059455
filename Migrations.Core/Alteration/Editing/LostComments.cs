using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Editing;

/// <summary>Comments that a text has and another one should have kept.</summary>
internal static class LostComments
{
    /// <summary>The first comment that occurs in a text more often than in another one; null if there is none.</summary>
    public static string? First(string planned, string stored)
    {
        List<string> kept = [.. SqlTokens.Comments(stored)];
        return SqlTokens.Comments(planned).FirstOrDefault(comment => !kept.Remove(comment));
    }
}
