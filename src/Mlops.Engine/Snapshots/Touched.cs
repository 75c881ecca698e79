using System.Text;

namespace Mlops.Engine;

/// <summary>A file or folder of a snapshot that has another stamp than it had.</summary>
/// <param name="Kind"><c>f</c> for a file, <c>d</c> for a folder.</param>
/// <param name="Start">Where its line begins.</param>
/// <param name="PathStart">Where the path in it begins.</param>
/// <param name="Stamp">As it is now.</param>
/// <param name="Digest">Of its content as it was.</param>
sealed record Touched(char Kind, int Start, int PathStart, FileStamp Stamp, Digest Digest, string Path)
{
    /// <param name="changed">What a file holds instead; null where it was not read to its end.</param>
    public bool HasItsContent(out SourceReading? changed)
    {
        changed = null;
        try
        {
            if (Kind == 'd')
                return ContentDigest(Kind, Path) == Digest;
            var reading = SourceReading.Of(Path);
            if (reading.Digest == Digest)
                return true;
            changed = reading;
            return false;
        }
        catch (Exception unreadable)
            when (unreadable is IOException or UnauthorizedAccessException or ProblemException)
        {
            return false;
        }
    }

    /// <summary>Of a file its bytes', of a folder its entries' names'.</summary>
    public static Digest ContentDigest(char kind, string path) =>
        kind == 'd'
            ? Digest.Of(Encoding.UTF8.GetBytes(string.Join(
                '\0', Directory.EnumerateFileSystemEntries(path)
                    .Select(System.IO.Path.GetFileName).Order(StringComparer.Ordinal))))
            : FileDigest.Of(path);
}
