using System.Text;
using System.Text.Json;
using Mlops.Data.Ingestion;
using Mlops.Data.Tables;
using Mlops.Data.Validation;
using Mlops.Data.Validation.Checks;
using Mlops.Engine;

namespace Mlops.Data.Quarantining;

/// <summary>
/// Puts all rows that were set aside into one file: those that did not parse and those that checks took out,
/// each as it stands in its source; and says where the samples of the checks stand.
/// </summary>
public static class QuarantineStage
{
    public static Stage<QuarantineInput, QuarantineResult> Value { get; } = new(
        "Quarantine", 1, PackageVersions.ParquetNet,
        () => DataJson.Default.QuarantineInput, () => DataJson.Default.QuarantineResult, Run)
    {
        Calls = () => [RawRowsStage.Value],
    };

    static async Task<QuarantineResult> Run(StageContext context, QuarantineInput input)
    {
        var failed = Failed(context, input.TakenOut);
        var shown = await Shown(context, input.Details);
        List<long> asked = [.. failed.Keys.Union(shown).Order()];
        var inWhole = input is { Whole: { } whole, MatrixColumn: { } column, Cell: { } cell }
            ? await CellRows.InWhole(context, whole, column, cell, asked)
            : asked;
        var places = new List<RowPlace>();
        var unparsed = 0L;
        var csv = await context.Write(MediaTypes.Csv, async stream =>
        {
            await using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
            var file = new QuarantineCsv(writer, input.Redact ?? []);
            var (offset, next) = (0L, 0);
            foreach (var source in input.Sources)
            {
                var first = next;
                while (next < inWhole.Count && inWhole[next] < offset + source.KeptRows)
                    next++;
                var (header, rows) = await RowsOf(
                    context, input, source, offset, [.. inWhole.Skip(first).Take(next - first)]);
                foreach (var row in rows)
                    if (row.Kept is not { } kept)
                    {
                        unparsed++;
                        file.Unparsed(source.File.Name, row, header);
                    }
                    else
                    {
                        var number = asked[inWhole.BinarySearch(kept + offset)];
                        if (shown.Contains(number))
                            places.Add(new RowPlace(number, source.File.Name, row.Line));
                        if (failed.TryGetValue(number, out var checks))
                            file.Failed(source.File.Name, row, header, checks);
                    }
                offset += source.KeptRows;
            }
        });
        return new QuarantineResult(
            unparsed + failed.Count == 0 ? null : csv, unparsed, failed.Count, places);
    }

    /// <summary>What each row failed.</summary>
    static SortedDictionary<long, List<(string Check, string? Column, string Reason)>> Failed(
        StageContext context, IReadOnlyList<TakenOut> takenOut)
    {
        var failed = new SortedDictionary<long, List<(string, string?, string)>>();
        foreach (var check in takenOut)
            foreach (var row in RowNumbers.Read(context, check.Rows))
            {
                if (!failed.TryGetValue(row, out var checks))
                    failed[row] = checks = [];
                checks.Add((check.Check, check.Column, check.Reason));
            }
        return failed;
    }

    static async Task<HashSet<long>> Shown(StageContext context, Artifact? details)
    {
        if (details is null)
            return [];
        await using var stream = File.OpenRead(context.Locate(details));
        var read = await JsonSerializer.DeserializeAsync(
            stream, DataJson.Default.ValidationDetails, context.Cancellation);
        return [.. read!.Checks.SelectMany(check => check.Samples.Select(sample => sample.Row))];
    }

    /// <param name="offset">The dataset's row that the source's first is.</param>
    /// <param name="wanted">Rows of the dataset, ascending.</param>
    static async Task<(IReadOnlyList<string> Header, IEnumerable<RawRow> Rows)> RowsOf(
        StageContext context, QuarantineInput input,
        SourceRows source, long offset, IReadOnlyList<long> wanted)
    {
        if (wanted.Count == 0 && source.Quarantine is null)
            return ([], []);
        var table = input.Whole ?? input.Table;
        List<string> names = [.. table.Schema.Columns.Select(column => column.Name)];
        if (SourceKind.Of(input.Format, source.File.Name) is not null)
            return (names, Typed(
                await TypedRowsOfParts.Read(context, table, wanted), wanted,
                offset, UnparsedRows.Open(context, source.Quarantine)));
        var found = await context.Call(RawRowsStage.Value, new RawRowsInput(
            new SourceBytes(source.File.Digest, source.File.LengthBytes),
            SourceKind.FormatOf(input.Format, source.File.Name), names, source.Quarantine,
            await RowNumbers.Write(context, [.. wanted.Select(row => row - offset)])));
        return (found.Header, File.ReadLines(context.Locate(found.Rows))
            .Select(line => JsonSerializer.Deserialize(line, QuarantineJson.Default.RawRow)!));
    }

    static IEnumerable<RawRow> Typed(
        IReadOnlyList<string[]> cells, IReadOnlyList<long> wanted, long offset, UnparsedRows unparsed)
    {
        using (unparsed)
            for (; unparsed.Current is { } row; unparsed.MoveNext())
                yield return new RawRow(null, row.Line, row.Column, row.Reason, row.Text, null);
        foreach (var (row, number) in cells.Zip(wanted))
            yield return new RawRow(
                number - offset, number - offset + 1, null, null,
                string.Join(',', row.Select(QuarantineCsv.Quoted)), row);
    }
}

static class Ascending
{
    /// <returns>Where the value stands.</returns>
    public static int BinarySearch(this IReadOnlyList<long> sorted, long value)
    {
        var (low, high) = (0, sorted.Count - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < value)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
