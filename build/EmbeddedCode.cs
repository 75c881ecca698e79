using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Mlops.Engine;

/// <summary>
/// The identity of what a build adds to the stages: the source of a whole folder, embedded when the build was
/// compiled. What stands there may share code, as long as it stays there.
/// </summary>
static class EmbeddedCode
{
    /// <param name="folder">As <c>Columns/</c>.</param>
    public static Digest DigestOf(string folder)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var source = new StreamReader(assembly.GetManifestResourceStream(name)!);
            digest.AppendData(
                Encoding.UTF8.GetBytes($"{name}\n{source.ReadToEnd().ReplaceLineEndings("\n")}\0"));
        }
        return Digest.FromBytes(digest.GetHashAndReset());
    }
}
