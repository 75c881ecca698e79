using System.Numerics;
using System.Runtime.CompilerServices;

namespace Mlops.Data.Ingestion;

/// <summary>
/// Where cells and rows end in some bytes of delimited text, as long as each quote opens a cell, closes one
/// or is doubled: then delimiters and line ends between an even number of quotes are the ends that
/// <see cref="RecordReader"/> finds.
/// </summary>
sealed class CellIndex(byte delimiter, byte? quote)
{
    int[] ends = new int[1 << 12];
    int[] rowEnds = new int[1 << 8];
    int count;
    int rows;

    /// <summary>Where cells end, one after the other.</summary>
    public ReadOnlySpan<int> Ends => ends.AsSpan(0, count);

    /// <summary>For each row which of <see cref="Ends"/> is its last.</summary>
    public ReadOnlySpan<int> RowEnds => rowEnds.AsSpan(0, rows);

    public bool HasQuotes { get; private set; }

    /// <summary>
    /// How many bytes from the first irregular quote on must be read record by record; 0 if there is none.
    /// </summary>
    public int IrregularUpTo { get; private set; }

    /// <param name="bytes">Begins with a row.</param>
    /// <param name="isEnded">Whether the text ends with them; otherwise a last row that has no end is left
    /// out.</param>
    public void Read(ReadOnlySpan<byte> bytes, bool isEnded)
    {
        (count, rows, IrregularUpTo, HasQuotes) = (0, 0, 0, false);
        if (bytes.IsEmpty)
            return;
        // Whether a line feed follows it is not known yet.
        if (!isEnded && bytes[^1] == (byte)'\r')
            bytes = bytes[..^1];
        HasQuotes = quote is { } mark && bytes.Contains(mark);
        var endsInside = HasQuotes ? ReadQuoted(bytes, quote!.Value, isEnded) : ReadPlain(bytes);
        if (isEnded && IrregularUpTo == 0 && endsInside)
            IrregularUpTo = bytes.Length;
        else if (isEnded && IrregularUpTo == 0)
            AddLast(bytes);
        count = rows == 0 ? 0 : rowEnds[rows - 1] + 1;
    }

    /// <remarks>Nothing that is compiled ahead has lanes so wide: what reads them is compiled at once for
    /// this processor, and as well as can be.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    bool ReadPlain(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; at < bytes.Length; at += ByteLanes.Count)
        {
            var lanes = ByteLanes.Of(bytes[at..]);
            var lineEnds = LineEnds(bytes, at, lanes);
            Add(lanes.Equal(delimiter) | lineEnds, lineEnds, at);
        }
        return false;
    }

    /// <inheritdoc cref="ReadPlain"/>
    /// <returns>Whether the bytes end inside of quotes.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    bool ReadQuoted(ReadOnlySpan<byte> bytes, byte mark, bool isEnded)
    {
        var inside = 0ul;
        var separatorBefore = 1ul;
        for (var at = 0; at < bytes.Length; at += ByteLanes.Count)
        {
            var lanes = ByteLanes.Of(bytes[at..]);
            var quotes = lanes.Equal(mark);
            var delimiters = lanes.Equal(delimiter);
            var separators = quotes | delimiters | lanes.Lf | lanes.Cr;
            var odd = ByteLanes.Odd(quotes) ^ inside;
            var after = Math.Min(bytes.Length, at + ByteLanes.Count);
            // What follows bytes that go on is looked at with them: no row ends in their last lanes yet.
            var separatorAfter = after == bytes.Length || IsSeparator(bytes[after]) ? 1ul : 0;
            var badOpening = odd & quotes & ~((separators << 1) | separatorBefore);
            var badClosing = ~odd & quotes & ~((separators >> 1) | (separatorAfter << (after - at - 1)));
            if ((badOpening | badClosing) != 0)
            {
                IrregularUpTo = after;
                return false;
            }
            var lineEnds = LineEnds(bytes, at, lanes) & ~odd;
            Add((delimiters & ~odd) | lineEnds, lineEnds, at);
            inside = (ulong)((long)odd >> (ByteLanes.Count - 1));
            separatorBefore = separators >> (ByteLanes.Count - 1);
        }
        return inside != 0;
    }

    /// <summary>LF or CR; of CR and LF the first.</summary>
    static ulong LineEnds(ReadOnlySpan<byte> bytes, int at, ByteLanes lanes)
    {
        var crBefore = at > 0 && bytes[at - 1] == (byte)'\r' ? 1ul : 0;
        return lanes.Cr | (lanes.Lf & ~((lanes.Cr << 1) | crBefore));
    }

    bool IsSeparator(byte value) =>
        value == delimiter || value == quote || value is (byte)'\r' or (byte)'\n';

    void Add(ulong mask, ulong lineEnds, int at)
    {
        if (ends.Length < count + ByteLanes.Count)
            Array.Resize(ref ends, ends.Length * 2);
        if (rowEnds.Length < rows + ByteLanes.Count)
            Array.Resize(ref rowEnds, rowEnds.Length * 2);
        for (var left = lineEnds; left != 0; left &= left - 1)
            rowEnds[rows++] = count + BitOperations.PopCount(mask & ((left & (~left + 1)) - 1));
        var next = count;
        for (; mask != 0; mask &= mask - 1)
            ends[next++] = at + BitOperations.TrailingZeroCount(mask);
        count = next;
    }

    /// <summary>The text's last row, if no line end closes it.</summary>
    void AddLast(ReadOnlySpan<byte> bytes)
    {
        if (rows > 0 && NextRow(bytes, ends[rowEnds[rows - 1]]) == bytes.Length)
            return;
        Add(0, 0, 0);
        rowEnds[rows++] = count;
        ends[count++] = bytes.Length;
    }

    /// <summary>Where the row after a line end begins.</summary>
    public static int NextRow(ReadOnlySpan<byte> bytes, int lineEnd) =>
        lineEnd + (bytes[lineEnd] == (byte)'\r' && lineEnd + 1 < bytes.Length
            && bytes[lineEnd + 1] == (byte)'\n' ? 2 : 1);
}
