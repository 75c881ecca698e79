using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace Mlops.Data.Ingestion;

/// <summary>
/// How the bytes of delimited text are read where delimiter, quote and line ends are one byte each.
/// </summary>
/// <param name="Encoding">Strict, and beginning with ASCII.</param>
sealed record ByteFormat(Encoding Encoding, byte Delimiter, byte? Quote)
{
    /// <returns>Null where they are not: then the text is read record by record.</returns>
    public static ByteFormat? Of(TextFormat format, Encoding encoding) =>
        BeginsWithAscii(encoding) && ByteOf(format.Delimiter, encoding) is { } delimiter
            && (format.Quote is null || ByteOf(format.Quote, encoding) is not null)
            ? new ByteFormat(
                encoding, delimiter, format.Quote is null ? null : ByteOf(format.Quote, encoding))
            : null;

    /// <summary>Strict or lenient.</summary>
    public static bool IsUtf8(Encoding encoding) =>
        encoding is UTF8Encoding or LenientEncoding { IsSingleByte: false };

    static bool BeginsWithAscii(Encoding encoding)
    {
        var ascii = Enumerable.Range(0, 128).Select(code => (byte)code).ToArray();
        return (encoding.IsSingleByte || IsUtf8(encoding))
            && encoding.GetString(ascii) == Encoding.ASCII.GetString(ascii);
    }

    static byte? ByteOf(string character, Encoding encoding)
    {
        try
        {
            return encoding.GetByteCount(character) == 1 ? encoding.GetBytes(character)[0] : null;
        }
        catch (EncoderFallbackException)
        {
            return null;
        }
    }
}

/// <summary>
/// A row that has not as many cells as there are columns, whose bytes are no text, or that is none.
/// </summary>
/// <param name="Fault">What is wrong with it; null where the number of its cells is.</param>
readonly record struct RaggedRow(int Start, int End, int Cells, string? Fault);

/// <summary>Some rows of a text, their cells where they stand in its bytes.</summary>
/// <param name="headerAgain">Null where the text has no header.</param>
sealed class CellBlock(ByteFormat format, int columns, RepeatedHeader? headerAgain = null)
{
    readonly int columns = columns;
    readonly bool isUtf8 = ByteFormat.IsUtf8(format.Encoding);
    readonly CellIndex index = new(format.Delimiter, format.Quote);
    readonly List<RaggedRow> ragged = [];

    /// <summary>
    /// For each row the byte before it, as if a cell ended there, and then where its cells end.
    /// </summary>
    int[] bounds = new int[columns + 1];
    ArraySegment<byte> bytes;
    byte[] unescaped = [];
    char[] decoded = [];

    /// <summary>Rows of as many cells as there are columns.</summary>
    public int Rows { get; private set; }

    /// <summary>The other rows, in order.</summary>
    public IReadOnlyList<RaggedRow> Ragged => ragged;

    /// <summary>How many bytes the rows take.</summary>
    public int Length { get; private set; }

    /// <summary>
    /// How many bytes from the first irregular quote, or from a byte-order mark before a row, on must be read
    /// record by record; 0 if there is none.
    /// </summary>
    public int IrregularUpTo => Length == 0 && IsMarked(bytes) ? Mark.Length : index.IrregularUpTo;

    public ByteFormat Format => format;

    /// <summary>Finds the rows of some bytes.</summary>
    /// <exception cref="DecoderFallbackException">They are not in the encoding.</exception>
    public void Find(ArraySegment<byte> text, bool isEnded)
    {
        bytes = text;
        index.Read(text, isEnded);
        Divide(text, index.Ends, index.RowEnds, null);
        if (IsText(text[..Length]))
            return;
        if (format.Encoding is LenientEncoding lenient)
            Divide(text, index.Ends, index.RowEnds, lenient);
        else
            // Of a strict one it throws, and says which bytes are none, if any are.
            format.Encoding.GetCharCount(text[..Length]);
    }

    /// <summary>Where a row begins, or would after the last.</summary>
    public int StartOf(int row) => row < Rows ? bounds[row * (columns + 1)] + 1 : Length;

    public int EndOf(int row) => bounds[row * (columns + 1) + columns];

    /// <summary>A single cell in bytes, without its quotes; valid until the next is asked for.</summary>
    public ReadOnlySpan<byte> Cell(int row, int column) => Column(column)[row];

    /// <summary>One column's cells.</summary>
    public Cells Column(int column) => new(this, column);

    /// <summary>Bytes of the block as text; valid until the next are decoded.</summary>
    public ReadOnlySpan<char> Decode(ReadOnlySpan<byte> text)
    {
        if (decoded.Length < text.Length)
            decoded = new char[text.Length * 2];
        return decoded.AsSpan(0, format.Encoding.GetChars(text, decoded));
    }

    public ReadOnlySpan<char> Text(int start, int end) => Decode(bytes[start..end]);

    /// <summary>Where a row's line end ends too.</summary>
    /// <param name="end">Where the row ends.</param>
    public int LineEndOf(int end) => end == Length ? end : CellIndex.NextRow(bytes, end);

    public int CharsBetween(int start, int end) => format.Encoding.GetCharCount(bytes[start..end]);

    /// <summary>How many lines end between two bytes of the block; CRLF is one line end.</summary>
    public int LinesBetween(int start, int end) => LineEnds.In(bytes[start..end]);

    /// <param name="lenient">Says which rows are no text, where some are not; null where all are.</param>
    void Divide(
        ReadOnlySpan<byte> text, ReadOnlySpan<int> cellEnds, ReadOnlySpan<int> rowEnds,
        LenientEncoding? lenient)
    {
        ragged.Clear();
        Rows = 0;
        Length = 0;
        if (bounds.Length < cellEnds.Length + rowEnds.Length)
            bounds = GC.AllocateUninitializedArray<int>((cellEnds.Length + rowEnds.Length) * 5 / 4);
        var (first, kept) = (0, 0);
        foreach (var last in rowEnds)
        {
            if (IsMarked(text[Length..]))
                return;
            var cells = last + 1 - first;
            var end = cellEnds[last];
            if (lenient?.FaultOf(text[Length..end]) is { } fault)
                ragged.Add(new RaggedRow(Length, end, cells, fault));
            else if (cells == columns && (columns == 1 || end > Length))
            {
                bounds[kept++] = Length - 1;
                cellEnds.Slice(first, cells).CopyTo(bounds.AsSpan(kept));
                if (headerAgain?.Is(this, Rows) == true)
                {
                    ragged.Add(new RaggedRow(Length, end, cells, RepeatedHeader.Fault));
                    kept--;
                }
                else
                {
                    kept += cells;
                    Rows++;
                }
            }
            else if (end > Length)
                ragged.Add(new RaggedRow(Length, end, cells, null));
            first = last + 1;
            Length = end == text.Length ? end : CellIndex.NextRow(text, end);
        }
    }

    /// <summary>UTF-8's byte-order mark.</summary>
    static ReadOnlySpan<byte> Mark => [0xef, 0xbb, 0xbf];

    /// <summary>Whether one stands before a row: then the reader of records leaves it out.</summary>
    bool IsMarked(ReadOnlySpan<byte> row) => isUtf8 && row.StartsWith(Mark);

    /// <summary>As far as can be said at once: of one byte per character only ASCII.</summary>
    bool IsText(ReadOnlySpan<byte> text) =>
        isUtf8 ? Utf8.IsValid(text) : Ascii.IsValid(text);

    ReadOnlySpan<byte> Unquoted(ReadOnlySpan<byte> cell)
    {
        var quote = format.Quote!.Value;
        if (!cell.Contains(quote))
            return cell;
        if (unescaped.Length < cell.Length)
            unescaped = new byte[cell.Length * 2];
        var length = 0;
        for (var i = 0; i < cell.Length; i++)
        {
            unescaped[length++] = cell[i];
            if (cell[i] == quote)
                i++;
        }
        return unescaped.AsSpan(0, length);
    }

    /// <summary>
    /// The cells of a column in bytes, without their quotes; each valid until the next is asked for.
    /// </summary>
    public readonly ref struct Cells(CellBlock block, int column)
    {
        readonly ReadOnlySpan<byte> bytes = block.bytes;
        readonly ReadOnlySpan<int> bounds = block.bounds.AsSpan(column);
        readonly int stride = block.columns + 1;

        /// <summary>No byte is it where there are no quotes.</summary>
        readonly int quote = block.index.HasQuotes ? block.Format.Quote!.Value : -1;

        public ReadOnlySpan<byte> this[int row]
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get
            {
                var ends = bounds.Slice(row * stride, 2);
                var start = ends[0] + 1;
                var cell = bytes.Slice(start, ends[1] - start);
                return quote < 0 || cell.IsEmpty || cell[0] != quote ? cell : block.Unquoted(cell[1..^1]);
            }
        }
    }
}
