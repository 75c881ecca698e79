using System.Buffers;
using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>
/// Where records end in a raw file, block by block. All blocks are looked at in parallel without knowing
/// whether they begin inside of quotes; then their order says it. Stretches with irregular quotes are read by
/// the reader of records.
/// </summary>
sealed class RecordEnds
{
    /// <summary>Of the ends in a block only the best is remembered.</summary>
    const int UsualBlockBytes = 1 << 17;

    readonly RawFile file;
    readonly CutStart start;
    readonly int blockBytes;
    readonly Block[] blocks;

    RecordEnds(RawFile file, CutStart start, int blockBytes)
    {
        (this.file, this.start, this.blockBytes) = (file, start, blockBytes);
        LengthBytes = file.LengthBytes;
        blocks = new Block[(Math.Max(0, LengthBytes - start.DataStart) + blockBytes - 1) / blockBytes];
        Array.Fill(blocks, new Block(false, BestEnd.None));
    }

    /// <param name="RecordStart">
    /// From here on, a byte that begins a record, the ends are those that the reader of records finds; before
    /// it, those between quotes.
    /// </param>
    readonly record struct Block(bool BeginsInside, BestEnd Best, long RecordStart = long.MaxValue);

    public long LengthBytes { get; }

    /// <summary>Where rows begin.</summary>
    public long DataStart => start.DataStart;

    /// <exception cref="SourceFaultException">A record is too large (DATA-020).</exception>
    public static async Task<RecordEnds> Of(
        RawFile file, CutStart start, CancellationToken ct, int blockBytes = UsualBlockBytes)
    {
        var ends = new RecordEnds(file, start, blockBytes);
        var found = new BlockEnds[ends.blocks.Length];
        Parallel.For(
            0, found.Length, new ParallelOptions { CancellationToken = ct },
            i => found[i] = ends.Scan(ends.StartOf(i), ends.EndOf(i), Everywhere));
        await ends.Settle(found, ct);
        return ends;
    }

    /// <summary>The best of the ends between two bytes, both included.</summary>
    public async Task<BestEnd> Best(long from, long to, CancellationToken ct)
    {
        var best = BestEnd.None;
        var last = Math.Min(BlockOf(to), blocks.Length - 1);
        for (var i = BlockOf(from); i <= last; i++)
        {
            var isWhole = StartOf(i) + 1 >= from && EndOf(i) <= to;
            best = best.Or(isWhole ? blocks[i].Best : await Part(i, from, to, ct));
        }
        return best;
    }

    static (long From, long To) Everywhere => (0, long.MaxValue);

    long StartOf(int block) => start.DataStart + (long)block * blockBytes;

    long EndOf(int block) => Math.Min(LengthBytes, StartOf(block) + blockBytes);

    /// <summary>Of the byte before an end.</summary>
    int BlockOf(long end) => (int)(Math.Max(0, end - 1 - start.DataStart) / blockBytes);

    /// <summary>Decides block after block whether it begins inside of quotes.</summary>
    async Task Settle(BlockEnds[] found, CancellationToken ct)
    {
        var inside = false;
        var lastEnd = start.DataStart;
        for (var i = 0; i < blocks.Length; i++)
        {
            var reading = inside ? found[i].Inside : found[i].Outside;
            if (reading.IsIrregular)
            {
                (i, lastEnd, inside) = await ReadFrom(lastEnd, i, ct);
                continue;
            }
            blocks[i] = new Block(inside, reading.Best);
            lastEnd = reading.LastEnd >= 0 ? reading.LastEnd : lastEnd;
            inside ^= found[i].Flips;
        }
        // Where nothing closes a quote, what follows it are records all the same.
        if (inside)
            await ReadFrom(lastEnd, blocks.Length - 1, ct);
    }

    /// <summary>
    /// Reads records from one on, at least to the end of a block, until quotes alone tell again.
    /// </summary>
    /// <returns>The last block that is settled, its last end, and whether the next begins inside of
    /// quotes.</returns>
    async Task<(int Block, long LastEnd, bool Inside)> ReadFrom(
        long recordStart, int block, CancellationToken ct)
    {
        for (var i = BlockOf(recordStart + 1); i <= block; i++)
            blocks[i] = blocks[i] with { RecordStart = Math.Min(blocks[i].RecordStart, recordStart) };
        using var latin = CutStart.Latin(file, recordStart);
        var records = start.RecordsFrom(latin);
        var bytes = new BlockBytesAt(file);
        var (begins, marked) = (recordStart, block);
        while (await records.Read(ct))
        {
            var at = recordStart + records.Consumed;
            var ended = BlockOf(at);
            for (; marked < ended; marked++)
                blocks[marked + 1] = new Block(false, BestEnd.None, begins);
            var end = bytes.EndAt(at, StartOf(ended), EndOf(ended));
            blocks[ended] = blocks[ended] with { Best = blocks[ended].Best.Or(end) };
            begins = at;
            if (at < EndOf(block))
                continue;
            var rest = Scan(at, EndOf(ended), Everywhere);
            block = ended;
            if (rest.Outside.IsIrregular)
                continue;
            blocks[ended] = blocks[ended] with { Best = blocks[ended].Best.Or(rest.Outside.Best) };
            return (ended, rest.Outside.LastEnd >= 0 ? rest.Outside.LastEnd : at, rest.Flips);
        }
        return (blocks.Length - 1, LengthBytes, false);
    }

    /// <summary>The best end of a block in a range: what was found before, found again.</summary>
    async Task<BestEnd> Part(int block, long from, long to, CancellationToken ct)
    {
        var recordStart = blocks[block].RecordStart;
        var best = BestEnd.None;
        if (recordStart > StartOf(block))
        {
            var scan = Scan(StartOf(block), EndOf(block), (from, Math.Min(to, recordStart)));
            best = (blocks[block].BeginsInside ? scan.Inside : scan.Outside).Best;
        }
        if (recordStart >= EndOf(block))
            return best;
        using var latin = CutStart.Latin(file, recordStart);
        var records = start.RecordsFrom(latin);
        var bytes = new BlockBytesAt(file);
        while (await records.Read(ct) && recordStart + records.Consumed is var at
            && at <= Math.Min(to, EndOf(block)))
            if (at >= from && at > StartOf(block))
                best = best.Or(bytes.EndAt(at, StartOf(block), EndOf(block)));
        return best;
    }

    BlockEnds Scan(long from, long to, (long From, long To) within)
    {
        var length = (int)(to - from);
        var buffer = ArrayPool<byte>.Shared.Rent(BlockEnds.TailBytes + length + 1);
        try
        {
            var bytes = BlockBytesAt.Read(file, buffer, from, length);
            return BlockEnds.Of(
                bytes, length, from, from == start.DataStart, start.Delimiter, start.Quote, within);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}

/// <summary>The bytes of one block of a file at a time.</summary>
sealed class BlockBytesAt(RawFile file)
{
    byte[] buffer = [];
    long loaded = -1;

    /// <summary>The end of a record in a block, with its value.</summary>
    public BestEnd EndAt(long at, long blockStart, long blockEnd)
    {
        if (loaded != blockStart)
        {
            var length = (int)(blockEnd - blockStart);
            if (buffer.Length < BlockEnds.TailBytes + length + 1)
                buffer = new byte[BlockEnds.TailBytes + length + 1];
            Read(file, buffer, blockStart, length);
            loaded = blockStart;
        }
        return new BestEnd(
            BlockEnds.ValueOf(buffer.AsSpan((int)(at - blockStart), BlockEnds.TailBytes)), at);
    }

    /// <summary>
    /// A stretch of the file as <see cref="BlockEnds"/> takes it; what is before the file's first byte is 0.
    /// </summary>
    public static ReadOnlySpan<byte> Read(RawFile file, byte[] buffer, long from, int length)
    {
        var before = (int)Math.Max(0, BlockEnds.TailBytes - from);
        buffer.AsSpan(0, before).Clear();
        var wanted = BlockEnds.TailBytes + length + 1 - before;
        var read = file.Read(buffer.AsSpan(before, wanted), from - BlockEnds.TailBytes + before);
        buffer.AsSpan(before + read, wanted - read).Clear();
        return buffer.AsSpan(0, Math.Max(BlockEnds.TailBytes + length, before + read));
    }
}
