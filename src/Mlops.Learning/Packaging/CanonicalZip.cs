using System.IO.Compression;

namespace Mlops.Learning.Packaging;

/// <summary>
/// Zip files whose bytes are a function of their content: entries in ordinal order of their names, one fixed
/// time, no attributes, stored without compression (which would depend on the runtime's zlib).
/// </summary>
public static class CanonicalZip
{
    static readonly DateTimeOffset EntryTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void Write(Stream target, IEnumerable<KeyValuePair<string, byte[]>> entries)
    {
        using var archive = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var (name, content) in entries.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            var entry = archive.CreateEntry(name, CompressionLevel.NoCompression);
            entry.LastWriteTime = EntryTime;
            entry.ExternalAttributes = 0;
            using var stream = entry.Open();
            stream.Write(content);
        }
    }

    /// <summary>
    /// The same entries in canonical form. The zip must come from this process: nothing is limited.
    /// </summary>
    public static byte[] Rewrite(Stream zip)
    {
        using var archive = new ZipArchive(zip, ZipArchiveMode.Read, leaveOpen: true);
        var canonical = new MemoryStream();
        Write(canonical,
            archive.Entries.Select(entry => KeyValuePair.Create(entry.FullName, Content(entry))));
        return canonical.ToArray();
    }

    static byte[] Content(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
