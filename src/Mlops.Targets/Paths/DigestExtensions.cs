using System.Security.Cryptography;
using System.Text;

namespace Mlops.Targets;

/// <summary>What is in files and folders, as one number. The names are NUKE's.</summary>
public static class DigestExtensions
{
    /// <summary>The SHA-256 of the file's bytes, in lower-case hexadecimal; NUKE's is an MD5.</summary>
    public static string GetFileHash(this AbsolutePath file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>
    /// The SHA-256 over relative names and contents of all files below, in ordinal order of the names.
    /// </summary>
    public static string GetDirectoryHash(this AbsolutePath folder)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var files = folder.GetFiles(depth: int.MaxValue)
            .Select(file => (Name: Path.GetRelativePath(folder, file).Replace('\\', '/'), File: file))
            .OrderBy(file => file.Name, StringComparer.Ordinal);
        foreach (var (name, file) in files)
            digest.AppendData(Encoding.UTF8.GetBytes($"{name}\0{file.GetFileHash()}\n"));
        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }
}
