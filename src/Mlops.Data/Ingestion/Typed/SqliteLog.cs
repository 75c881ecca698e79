using Mlops.Engine;

namespace Mlops.Data.Ingestion.Typed;

/// <summary>
/// The log beside a SQLite database in WAL mode. What is only in there is not in the file of the database,
/// and whoever reads that alone would lack rows without knowing.
/// </summary>
public static class SqliteLog
{
    const string Log = "-wal";
    const int LogHeaderBytes = 32;

    /// <remarks>https://www.sqlite.org/walformat.html, 2.1: the index is of the machine's own byte order.
    /// </remarks>
    const int FramesAt = 16, WrittenBackAt = 96, IndexHeaderBytes = 136;

    /// <summary>The databases among some files whose log holds what they have not.</summary>
    /// <param name="paths">In full.</param>
    public static IReadOnlyList<Problem> Problems(TextFormat format, IEnumerable<string> paths) =>
    [
        .. Databases(format, paths).Where(IsAhead).Order(StringComparer.Ordinal).Select(path => new Problem(
                "DATA-062",
                "The database was written to, and not all of it is in its file yet: rows would be missing.",
                new Place(path), Actual: $"more of it in {Path.GetFileName(path)}{Log}",
                Next: "Close it where it is open, or have it written back there: "
                    + "PRAGMA wal_checkpoint(TRUNCATE).")),
    ];

    /// <summary>The logs that lie beside the databases among some files, whatever they hold.</summary>
    public static IEnumerable<string> Of(TextFormat format, IEnumerable<string> paths) =>
        Databases(format, paths).Select(path => path + Log).Where(File.Exists);

    /// <summary>Whether a database's log holds pages that were not written back into its file.</summary>
    public static bool IsAhead(string path) =>
        new FileInfo(path + Log) is { Exists: true, Length: > LogHeaderBytes }
        && !IsWrittenBack(path + "-shm");

    static IEnumerable<string> Databases(TextFormat format, IEnumerable<string> paths) =>
        paths.Where(path => SourceKind.Of(format, Path.GetFileName(path)) == SourceKind.Sqlite);

    /// <summary>Whether the log's index says of every page that it is in the file too.</summary>
    static bool IsWrittenBack(string path)
    {
        try
        {
            using var file = new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
            Span<byte> header = stackalloc byte[IndexHeaderBytes];
            file.ReadExactly(header);
            var frames = BitConverter.ToUInt32(header[FramesAt..]);
            return frames == BitConverter.ToUInt32(header[WrittenBackAt..]);
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
