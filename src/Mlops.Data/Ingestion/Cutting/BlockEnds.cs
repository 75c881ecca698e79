using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Mlops.Data.Ingestion;

/// <summary>The end of a record that is best to cut at: the one with the smallest value.</summary>
/// <param name="At">Where the next record begins; -1 where there is none.</param>
readonly record struct BestEnd(ulong Value, long At)
{
    public static BestEnd None { get; } = new(ulong.MaxValue, -1);

    /// <summary>Of equal values the first.</summary>
    public BestEnd Or(BestEnd other) =>
        At < 0 || (other.At >= 0 && (other.Value < Value || (other.Value == Value && other.At < At)))
            ? other
            : this;
}

/// <summary>What a block of bytes holds if it begins inside, or outside, of quotes.</summary>
/// <param name="IsIrregular">A quote stands where only a reader of records can say what it means.</param>
/// <param name="LastEnd">Where the last record in the block ends; -1 where none does.</param>
readonly record struct BlockReading(BestEnd Best, long LastEnd, bool IsIrregular);

/// <summary>
/// Finds ends of records in a block of bytes by line ends and quotes alone: as long as each quote opens a
/// cell, closes one or is doubled, those between an even number of quotes are the ends that <see
/// cref="RecordReader"/> finds.
/// </summary>
/// <param name="Outside">If the block begins outside of quotes.</param>
/// <param name="Inside">If it begins inside.</param>
/// <param name="Flips">Whether the block has an odd number of quotes.</param>
readonly record struct BlockEnds(BlockReading Outside, BlockReading Inside, bool Flips)
{
    /// <summary>
    /// How many bytes before an end its value is made of; so many must stand before a block.
    /// </summary>
    public const int TailBytes = 32;

    const int Lanes = ByteLanes.Count;

    /// <param name="bytes">
    /// <see cref="TailBytes"/> bytes before the block, the block, and what follows it: one byte, or none at
    /// the end of the file.
    /// </param>
    /// <param name="length">Of the block.</param>
    /// <param name="start">Where the block begins in the file.</param>
    /// <param name="beginsRecord">Whether a record begins with it, whatever the byte before.</param>
    /// <param name="within">Only ends in this range, its end included, are taken for best.</param>
    public static BlockEnds Of(
        ReadOnlySpan<byte> bytes, int length, long start, bool beginsRecord, byte delimiter, byte? quote,
        (long From, long To) within)
    {
        var scan = new Scan(bytes, length, start, within);
        if (quote is not { } mark || !bytes.Slice(TailBytes, length).Contains(mark))
            scan.WithoutQuotes();
        else
            scan.WithQuotes(delimiter, mark, beginsRecord);
        return new BlockEnds(scan.Outside.Reading, scan.Inside.Reading, scan.Flips);
    }

    /// <summary>
    /// A value of the bytes before an end that looks random, so that its smallest are anywhere.
    /// </summary>
    /// <param name="tail"><see cref="TailBytes"/> bytes.</param>
    public static ulong ValueOf(ReadOnlySpan<byte> tail)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(tail);
        var first = Mixed(words[0] ^ 0x9e3779b97f4a7c15, words[1] ^ 0xbf58476d1ce4e5b9);
        var second = Mixed(words[2] ^ 0x94d049bb133111eb, words[3] ^ 0xd6e8feb86659fd93);
        return Mixed(first ^ 0xa0761d6478bd642f, BitOperations.RotateLeft(second, 23) ^ 0xe7037ed1a0b428db);
    }

    static ulong Mixed(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        return high ^ low;
    }

    ref struct Scan(ReadOnlySpan<byte> bytes, int length, long start, (long From, long To) within)
    {
        readonly ReadOnlySpan<byte> bytes = bytes;
        public Ends Outside = new();
        public Ends Inside = new();

        public bool Flips { get; private set; }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void WithoutQuotes()
        {
            for (var at = 0; at < length; at += Lanes)
                Take(ref Outside, LineEnds(at, LanesAt(at)), at);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void WithQuotes(byte delimiter, byte quote, bool beginsRecord)
        {
            var inside = 0ul;
            var separatorBefore =
                beginsRecord || IsSeparator(bytes[TailBytes - 1], delimiter, quote) ? 1ul : 0;
            for (var at = 0; at < length; at += Lanes)
            {
                var masks = LanesAt(at);
                var quotes = masks.Equal(quote);
                var separators = quotes | masks.Lf | masks.Cr | masks.Equal(delimiter);
                var count = Math.Min(Lanes, length - at);
                var after = TailBytes + at + count;
                var separatorAfter =
                    after >= bytes.Length || IsSeparator(bytes[after], delimiter, quote) ? 1ul : 0;
                var odd = ByteLanes.Odd(quotes) ^ inside;
                var badOpening = quotes & ~((separators << 1) | separatorBefore);
                var badClosing = quotes & ~((separators >> 1) | (separatorAfter << (count - 1)));
                Outside.IsIrregular |= ((odd & badOpening) | (~odd & badClosing)) != 0;
                Inside.IsIrregular |= ((~odd & badOpening) | (odd & badClosing)) != 0;
                var ends = LineEnds(at, masks);
                Take(ref Outside, ends & ~odd, at);
                Take(ref Inside, ends & odd, at);
                inside = (ulong)((long)odd >> (Lanes - 1));
                separatorBefore = separators >> (Lanes - 1);
            }
            Flips = inside != 0;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        readonly ByteLanes LanesAt(int at) => length - at < Lanes
            ? ByteLanes.Of(bytes[(TailBytes + at)..(TailBytes + length)])
            : new ByteLanes(Vector512.Create(bytes.Slice(TailBytes + at, Lanes)), ulong.MaxValue);

        /// <summary>LF, and CR that none follows.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        readonly ulong LineEnds(int at, ByteLanes masks)
        {
            if (masks.Cr == 0)
                return masks.Lf;
            var after = TailBytes + Math.Min(at + Lanes, length);
            var lfAfter = after < bytes.Length && bytes[after] == (byte)'\n' ? 1ul : 0;
            var last = Math.Min(Lanes, length - at) - 1;
            return masks.Lf | (masks.Cr & ~((masks.Lf >> 1) | (lfAfter << last)));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        readonly void Take(ref Ends ends, ulong mask, int at)
        {
            if (mask == 0)
                return;
            var block = start + at + 1;
            ends.Last = block + (Lanes - 1 - BitOperations.LeadingZeroCount(mask));
            for (; mask != 0; mask &= mask - 1)
            {
                var index = BitOperations.TrailingZeroCount(mask);
                var end = block + index;
                if (end < within.From || end > within.To)
                    continue;
                var value = ValueOf(bytes.Slice(at + index + 1, TailBytes));
                if (ends.BestAt >= 0 && value >= ends.BestValue)
                    continue;
                ends.BestValue = value;
                ends.BestAt = end;
            }
        }

        static bool IsSeparator(byte value, byte delimiter, byte quote) =>
            value == delimiter || value == quote || value is (byte)'\r' or (byte)'\n';
    }

    struct Ends()
    {
        public ulong BestValue = ulong.MaxValue;
        public long BestAt = -1;
        public long Last = -1;
        public bool IsIrregular;

        public readonly BlockReading Reading => new(new BestEnd(BestValue, BestAt), Last, IsIrregular);
    }
}
