using System.Text;
using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>
/// Files that are no text at all, or not the text that they should be, told by how they begin. Read as text
/// they would be called wrongly encoded, which sends a person the wrong way.
/// </summary>
static class ForeignFile
{
    /// <summary>How much of a file tells.</summary>
    public const int HeadBytes = 512;

    const int TarMarkAt = 257;

    /// <summary>Blanks, line ends and the bytes of a byte-order mark.</summary>
    const string BeforePages = "\u00ef\u00bb\u00bf \t\r\n";

    const string Unpack = "Unpack it; of packed files gzip and Zstandard are read.";
    const string AsTable = "Write its table as CSV or Parquet.";

    /// <param name="head">Of the file, or of what is packed into it.</param>
    /// <exception cref="SourceFaultException">They are of another kind (DATA-063).</exception>
    public static void Refuse(ReadOnlySpan<byte> head)
    {
        if (Find(head) is var (what, next))
            throw new SourceFaultException(new Problem(
                "DATA-063", $"The file is {what}.", new Place(""),
                Expected: "delimited text or JSON lines", Next: next));
    }

    static (string What, string Next)? Find(ReadOnlySpan<byte> head) =>
        head.StartsWith("PK\u0003\u0004"u8)
            ? ("a ZIP archive, as workbooks of Excel (.xlsx) are too",
                "Save the sheet as CSV UTF-8, or unpack the archive.")
        : head.StartsWith((ReadOnlySpan<byte>)[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
            ? ("a workbook of Excel (.xls) or another document of Office", "Save the sheet as CSV UTF-8.")
        : OfTables(head) ?? OfArchives(head) ?? OfPages(head);

    static (string, string)? OfTables(ReadOnlySpan<byte> head) =>
        head.StartsWith("PAR1"u8) && head.Length > 4 && head[4] < ' ' && head[4] is not (9 or 10 or 13)
            ? ("Parquet", "Name it .parquet, or set data.format.kind to parquet.")
        : head.StartsWith("SQLite format 3\0"u8)
            ? ("a SQLite database", "Name it .sqlite, or set data.format.kind to sqlite.")
        : head.StartsWith("ARROW1\0\0"u8) ? ("an Arrow (Feather) file", AsTable)
        : head.StartsWith("Obj\u0001"u8) ? ("an Avro file", AsTable)
        : head.StartsWith((ReadOnlySpan<byte>)[0x89, .. "HDF\r\n"u8]) ? ("an HDF5 file", AsTable)
        : null;

    static (string, string)? OfArchives(ReadOnlySpan<byte> head) =>
        head.StartsWith("BZh"u8) && head.Length > 4 && head[4..].StartsWith("1AY&SY"u8)
            ? ("packed by bzip2", Unpack)
        : head.StartsWith((ReadOnlySpan<byte>)[0xfd, .. "7zXZ\0"u8]) ? ("packed by xz", Unpack)
        : head.StartsWith((ReadOnlySpan<byte>)[0x04, 0x22, 0x4d, 0x18]) ? ("packed by LZ4", Unpack)
        : head.StartsWith((ReadOnlySpan<byte>)[.. "7z"u8, 0xbc, 0xaf, 0x27, 0x1c]) ? ("a 7z archive", Unpack)
        : head.StartsWith("Rar!\u001a\u0007"u8) ? ("a RAR archive", Unpack)
        : head.Length > TarMarkAt && head[TarMarkAt..].StartsWith("ustar"u8) ? ("a tar archive", Unpack)
        : null;

    static (string, string)? OfPages(ReadOnlySpan<byte> head) =>
        head.StartsWith("%PDF-"u8) ? ("a PDF document", "Bring its table as CSV or Parquet.")
        : head.StartsWith("version https://git-lfs.github.com/spec/"u8)
            ? ("a pointer of Git LFS to the file that is meant", "Fetch that file, with git lfs pull.")
        : IsPage(Encoding.Latin1.GetString(head).AsSpan().TrimStart(BeforePages))
            ? ("a web page",
                "Look at it in a browser: a server may have asked to sign in, or said that it failed. Then "
                + "bring the data themselves.")
        : null;

    static bool IsPage(ReadOnlySpan<char> start) =>
        start.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase)
        || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase);
}
