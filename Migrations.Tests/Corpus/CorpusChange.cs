namespace Migrations.Tests.Corpus;

/// <summary>What is done to every column.</summary>
internal enum CorpusChange
{
    Drop,
    Alter,
    Rename,
}
