using System.Text;
using System.Text.Json;
using Mlops.Data.Ingestion;
using Mlops.Data.Quarantining;
using Mlops.Data.Tests.Ingestion.Delimited;

namespace Mlops.Data.Tests.Quarantining;

/// <summary>The rows of a text with their own bytes, however few of them come at once.</summary>
static class OriginalRows
{
    sealed record Scan(byte[] Preamble, List<RawRow> Rows, byte[] Bytes);

    public static async Task AreTheirBytes(DamagedText text, Random random)
    {
        var all = await Scanned(text, 1 << 16, 1 << 18, 1 << 16, null);
        if (all is null)
            return;
        AllIsRowsAndLineEnds(text, all);
        var wanted = Enumerable.Range(0, all.Rows.Count).Where(_ => random.Next(4) == 0)
            .Select(row => (long)row).ToList();
        var (window, records, piece) = (16 + random.Next(300), random.Next(200), 1 + random.Next(40));
        var some = (await Scanned(text, window, records, piece, wanted)).ShouldNotBeNull();
        List<RawRow> expected = [.. wanted.Select(row => all.Rows[(int)row])];
        some.Rows.Select(Said).ShouldBe(expected.Select(Said), $"windows of {window}, pieces of {piece}");
        some.Bytes.ShouldBe(expected.SelectMany(row => Of(text, row)));
    }

    static void AllIsRowsAndLineEnds(DamagedText text, Scan scan)
    {
        text.Bytes[..scan.Preamble.Length].ShouldBe(scan.Preamble);
        scan.Bytes.ShouldBe(scan.Rows.SelectMany(row => Of(text, row)));
        if (text.IsShifted)
            return;
        var at = (long)scan.Preamble.Length;
        foreach (var row in scan.Rows)
        {
            EmptyLines(text, at, row.Offset!.Value).ShouldBeEmpty();
            var said = Decoded(text, Of(text, row));
            said.TrimEnd('\r', '\n').ShouldBe(row.Text.TrimEnd('\r', '\n'), row.ToString());
            at = row.Offset.Value + row.Length!.Value;
        }
        EmptyLines(text, at, text.Bytes.Length).ShouldBeEmpty();
    }

    /// <summary>What else than line ends there is; a byte-order mark may stand before each, and at last.</summary>
    static string EmptyLines(DamagedText text, long start, long end) => string.Concat(
        Decoded(text, text.Bytes[(int)start..(int)end]).Split('\r', '\n')
            .Select(line => line.StartsWith('\ufeff') ? line[1..] : line));

    /// <summary>
    /// The decoder ends by itself: what is no text at an end GB 18030 tells otherwise at once.
    /// </summary>
    static string Decoded(DamagedText text, byte[] bytes)
    {
        var decoder = new UndecodableFallback(_ => "\ufffd", 1).In(text.Encoding).GetDecoder();
        var chars = new char[bytes.Length + 8];
        var count = decoder.GetChars(bytes, chars, flush: false);
        count += decoder.GetChars([], chars.AsSpan(count), flush: true);
        return string.Concat(chars.Take(count).Select(character =>
            CodePages.IsNone(text.Encoding, character) ? '\ufffd' : character));
    }

    static byte[] Of(DamagedText text, RawRow row) =>
        text.Bytes[(int)row.Offset!.Value..(int)(row.Offset.Value + row.Length!.Value)];

    static string Said(RawRow row) =>
        $"{row.Line} {row.Offset} {row.Length} {row.Text} {string.Join('|', row.Cells ?? [])}";

    /// <param name="wanted">Null for all rows.</param>
    /// <returns>Null where the text is refused.</returns>
    static async Task<Scan?> Scanned(
        DamagedText text, int windowBytes, int recordsBytes, int pieceBytes, IReadOnlyList<long>? wanted)
    {
        var ct = TestContext.Current.CancellationToken;
        var packed = text.Packed();
        try
        {
            await using var records = await SourceRecords.Open(
                new Pieces(packed, pieceBytes), packed.Length, text.Format, null, null, ct, windowBytes,
                recordsBytes, keepsOriginal: true);
            using var rows = new MemoryStream();
            using var bytes = new MemoryStream();
            using var unparsed = new UnparsedRows(null);
            using var asked = (wanted ?? Enumerable.Range(0, int.MaxValue).Select(row => (long)row))
                .GetEnumerator();
            var scan = new TextScan(
                new AskedOfFile(unparsed, asked), records.Header.Names.Count, records.Original!,
                new RawRowWriter(rows), bytes);
            for (Found found; (found = await records.Next(ct)) != Found.End;)
                if (found == Found.Block)
                    scan.SeeBlock(records);
                else
                    scan.SeeRecord(records);
            scan.End();
            await records.Finish(ct);
            return new Scan(records.Preamble, Read(rows), bytes.ToArray());
        }
        catch (SourceFaultException fault)
        {
            fault.Message.ShouldNotBeNullOrEmpty();
            return null;
        }
    }

    static List<RawRow> Read(MemoryStream rows) =>
        [.. Encoding.UTF8.GetString(rows.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(row => JsonSerializer.Deserialize(row, QuarantineJson.Default.RawRow)!)];
}
