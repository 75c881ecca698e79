using System.Reflection;
using System.Security.Cryptography;
using Mlops.Engine;
using Mlops.Pipelines.Sessions;

/// <summary>The derived-columns hooks that pipelines may name in <c>data.derive</c>.</summary>
static class DerivedColumnsHooks
{
    public static IReadOnlyDictionary<string, DerivedColumnsHook> All { get; } = new Dictionary<string, DerivedColumnsHook>
    {
        ["calendar"] = new(CalendarColumns.Derive, CodeDigest()),
    };

    /// <summary>
    /// The identity of every hook is the source of the whole folder <c>build/Columns</c>, embedded when the build
    /// was compiled: hooks may share code, as long as they keep it there.
    /// </summary>
    static Digest CodeDigest()
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith("Columns/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var source = new StreamReader(assembly.GetManifestResourceStream(name)!);
            digest.AppendData(System.Text.Encoding.UTF8.GetBytes($"{name}\n{source.ReadToEnd().ReplaceLineEndings("\n")}\0"));
        }
        return Digest.FromBytes(digest.GetHashAndReset());
    }
}
