using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Migrations.Cli.Authoring;

/// <summary>Where a class was written, as the symbols tell that lie in its assembly or beside it.</summary>
internal static class MigrationSource
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>The file, where it is there on this machine.</summary>
    public static string? Of(Type type)
    {
        try
        {
            using FileStream stream = File.OpenRead(type.Assembly.Location);
            using PEReader assembly = new(stream);
            if (!assembly.TryOpenAssociatedPortablePdb(type.Assembly.Location, Open, out MetadataReaderProvider? symbols, out _) || symbols is null)
            {
                return null;
            }

            using (symbols)
            {
                MetadataReader reader = symbols.GetMetadataReader();
                return type.GetMethods(Declared).Select(method => Of(reader, method)).FirstOrDefault(File.Exists);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or BadImageFormatException or ArgumentException)
        {
            // Without symbols it is not known.
            return null;
        }
    }

    private static string? Of(MetadataReader symbols, MethodInfo method)
    {
        MethodDebugInformation code = symbols.GetMethodDebugInformation(
            MetadataTokens.MethodDefinitionHandle(MetadataTokens.GetRowNumber(MetadataTokens.EntityHandle(method.MetadataToken))).ToDebugInformationHandle());
        return code.Document.IsNil ? null : symbols.GetString(symbols.GetDocument(code.Document).Name);
    }

    private static FileStream? Open(string path) => File.Exists(path) ? File.OpenRead(path) : null;
}
