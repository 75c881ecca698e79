using System.Text;
using CsCheck;
using Mlops.Data.Ingestion;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Tests.Ingestion;

/// <summary>
/// Pieces of a file mean what the whole means, and an edit changes the pieces beside it alone.
/// </summary>
public sealed class CutTests : IDisposable
{
    readonly Workspace workspace = new();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => workspace.Dispose();

    static Gen<T> Any<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    /// <summary>Text of which almost every quote is in its place, and text of which none is.</summary>
    static readonly Gen<string> AnyText = Gen.OneOf(
        Gen.Char["ab,\"\n\r1 "].Array[0, 400].Select(chars => new string(chars)),
        Any("a", "1", "\"b\"", "\"c,\"", "\"d\n\"", "\"\"",
            "\"\"\"e\"\"\"", "\"\r\n\"", "f\"", "\"g", "\"h\"i", "\"")
            .Array[0, 80].SelectMany(cells => Any(",", "\n", "\r\n", "\r", ",\n").Array[cells.Length]
                .Select(ends => string.Concat(cells.Zip(ends, (cell, end) => cell + end)))),
        Any("a,b", "\"c\",d", "\"e\n\",f", "\"g\"\"\",h").Array[0, 60]
            .Select(rows => string.Join("\r\n", rows)));

    [Fact]
    public async Task EndsAreThoseThatTheReaderOfRecordsFinds() =>
        await Gen.Select(AnyText, Gen.Bool, Any(64, 128, 100)).SampleAsync(async (text, quoted, blockBytes) =>
        {
            var start = new CutStart("utf-8", [], 0, (byte)',', quoted ? (byte)'"' : null);
            var path = Path.GetTempFileName();
            try
            {
                await File.WriteAllTextAsync(path, text, Cancellation);
                using var file = new RawFile(path, () => { });
                var ends = await RecordEnds.Of(file, start, Cancellation, blockBytes);
                var expected = await EndsIn(file, start);
                for (var from = 1; from < text.Length; from += 7)
                    for (var to = from; to <= Math.Min(text.Length - 1, from + 250); to += 31)
                    {
                        var among = expected.Where(end => end >= from && end <= to);
                        var best = await ends.Best(from, to, Cancellation);
                        best.ShouldBe(
                            among.Select(end => new BestEnd(ValueOf(text, (int)end), end))
                                .Aggregate(BestEnd.None, (one, other) => one.Or(other)),
                            $"{from}..{to}");
                    }
            }
            finally
            {
                File.Delete(path);
            }
        }, iter: 300, threads: 1);

    static ulong ValueOf(string text, int end)
    {
        var tail = new byte[BlockEnds.TailBytes];
        var bytes = Encoding.UTF8.GetBytes(text[Math.Max(0, end - tail.Length)..end]);
        bytes.CopyTo(tail.AsSpan(tail.Length - bytes.Length));
        return BlockEnds.ValueOf(tail);
    }

    static async Task<List<long>> EndsIn(RawFile file, CutStart start)
    {
        var ends = new List<long>();
        using var text = CutStart.Latin(file, 0);
        var records = start.RecordsFrom(text);
        while (await records.Read(Cancellation))
            ends.Add(records.Consumed);
        return ends;
    }

    [Fact]
    public async Task PiecesGiveTheRowsAndTheQuarantineOfTheWhole() =>
        await Gen.Select(AnyText, Gen.Bool, Gen.Int[0, 3]).SampleAsync(async (text, header, titles) =>
        {
            using var both = new Workspace();
            var above = string.Concat(Titles.Take(titles));
            var input = both.With(above + (header ? "a,b\n" : "") + text + "\n1,2\n").Input(
                new TextFormat(Header: header, SkipLines: titles == 0 ? null : titles),
                [new("a", ColumnType.Integer), new("b", ColumnType.Text)], maxShare: 1);
            var whole = await Described(both, await both.Ingest(input));
            var cut = await both.Ingest(input, maxPieceBytes: 90);
            (await Described(both, cut)).ShouldBe(whole);
        }, iter: 150, threads: 1);

    static readonly string[] Titles = ["\"a, b\r\n", "\r", "of\",\"\n"];

    /// <summary>Everything about a dataset but how its rows are divided into parts.</summary>
    static async Task<string> Described(Workspace workspace, Dataset dataset)
    {
        var table = await workspace.Load(dataset);
        var source = dataset.Sources[0];
        return string.Join('\n',
        [
            .. Enumerable.Range(0, table.RowCount)
                .Select(row => $"{table[0].Text(row)}|{table[1].Text(row)}"),
            source.Quarantine is null ? "" : workspace.Text(source.Quarantine),
            $"{source.KeptRows} + {source.QuarantinedRows}", .. source.Samples.Select(row => row.ToString()),
            .. dataset.Judgement.Findings,
        ]);
    }

    /// <remarks>On average: where the pieces are cut after an edit is chance, as it is anywhere.</remarks>
    [Fact]
    public async Task AnEditChangesThePiecesBesideItAlone()
    {
        var random = new Random(7);
        var rows = Enumerable.Range(0, 4000)
            .Select(i => FormattableString.Invariant(
                $"{i},{random.Next(1000)},{(i % 3 == 0 ? "\"x,\ny\"" : "z")}\n")).ToList();
        var before = await PiecesOf(string.Concat(rows));
        before.Count.ShouldBeInRange(15, 60);
        var changed = 0;
        const int edits = 60;
        for (var edit = 0; edit < edits; edit++)
        {
            var edited = rows.ToList();
            edited[random.Next(edited.Count)] = "an,edited,\"row\"\n";
            var now = await PiecesOf(string.Concat(edited));
            changed += now.Except(before).Count();
        }
        ((double)changed / edits).ShouldBeLessThan(3);
        (await PiecesOf(string.Concat(rows) + "one,more,row\n")).Except(before).Count().ShouldBeInRange(1, 2);
    }

    static async Task<IReadOnlyList<Digest>> PiecesOf(string text)
    {
        using var workspace = new Workspace();
        var source = workspace.With("a,b,c\n" + text).Input().Sources[0];
        await workspace.Ingest(workspace.Input());
        var cut = await workspace.Context.Call(CutSource.Stage, new CutInput(
            new SourceBytes(source.Digest, source.LengthBytes), new TextFormat(), 1000, 3000));
        cut.Pieces.Sum(piece => piece.LengthBytes).ShouldBe(source.LengthBytes);
        return [.. cut.Pieces.Select(piece => piece.Digest)];
    }
}
