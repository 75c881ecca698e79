using System.Text;
using System.Text.Json;
using Mlops.Data.Ingestion;
using Mlops.Data.Tables;
using Mlops.Data.Validation.Checks;
using Mlops.Engine;

namespace Mlops.Data.Quarantining;

/// <summary>
/// Puts all rows that were set aside into one file: those that did not parse and those that checks took out,
/// each as it stands in its source; and those of each source, byte for byte, into another; and says where the
/// samples of the checks stand. Rows are written as they are read: nothing but the samples is held.
/// </summary>
public static class QuarantineStage
{
    public static Stage<QuarantineInput, QuarantineResult> Value { get; } = new(
        "Quarantine", 5, PackageVersions.ParquetNet,
        () => DataJson.Default.QuarantineInput, () => DataJson.Default.QuarantineResult, Run)
    {
        Calls = () => [RawRowsStage.Value],
    };

    static async Task<QuarantineResult> Run(StageContext context, QuarantineInput input)
    {
        var shown = await Shown(context, input.Details);
        await using var files = new SetAsideFiles(context);
        var found = new FoundRows(input, files);
        var csv = await context.Write(MediaTypes.Csv, async stream =>
        {
            await using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
            var file = new QuarantineCsv(writer, found.Redaction);
            using var asked = AskedRows.Of(context, input.TakenOut, shown).GetEnumerator();
            await foreach (var (origin, row) in Rows(context, input, shown))
            {
                var isAsked = row.Kept is not null && asked.MoveNext();
                await found.See(origin, row, isAsked ? asked.Current : null, file);
            }
        });
        return new QuarantineResult(
            found.Unparsed + found.Failed == 0 ? null : csv, found.Unparsed, found.Failed, found.Places,
            await files.Store());
    }

    static async Task<IReadOnlyList<long>> Shown(StageContext context, Artifact? details)
    {
        if (details is null)
            return [];
        await using var stream = DiskStream.OpenRead(context.Locate(details));
        var read = await JsonSerializer.DeserializeAsync(
            stream, DataJson.Default.ValidationDetails, context.Cancellation);
        return [.. read!.Checks.SelectMany(check => check.Samples.Select(sample => sample.Row))];
    }

    /// <summary>The rows set aside and those shown, in the order of the sources and of their lines.</summary>
    static async IAsyncEnumerable<(RowsOrigin Origin, RawRow Row)> Rows(
        StageContext context, QuarantineInput input, IReadOnlyList<long> shown)
    {
        var asked = AskedRows.Of(context, input.TakenOut, shown).Select(row => row.Row);
        await using var wanted = (input is { Whole: { } whole, MatrixColumn: { } column, Cell: { } cell }
            ? CellRows.InWhole(context, whole, column, cell, asked)
            : asked.ToAsyncEnumerable()).GetAsyncEnumerator(context.Cancellation);
        var isLeft = await wanted.MoveNextAsync();
        var offset = 0L;
        foreach (var source in input.Sources)
        {
            var end = offset + source.KeptRows;
            Artifact? numbers = null;
            if (isLeft && wanted.Current < end)
                numbers = await context.Write(MediaTypes.Bytes, async stream =>
                {
                    using var writer = new RowNumberWriter(stream);
                    for (; isLeft && wanted.Current < end; isLeft = await wanted.MoveNextAsync())
                        writer.Add(wanted.Current - offset);
                });
            await foreach (var row in RowsOf(context, input, source, offset, numbers))
                yield return row;
            offset = end;
        }
    }

    /// <param name="offset">The dataset's row that the source's first is.</param>
    /// <param name="wanted">Which of the source's rows kept.</param>
    static async IAsyncEnumerable<(RowsOrigin Origin, RawRow Row)> RowsOf(
        StageContext context, QuarantineInput input, SourceRows source, long offset, Artifact? wanted)
    {
        if (wanted is null && (source.Quarantine is null || input.Whole is not null))
            yield break;
        var table = input.Whole ?? input.Table;
        List<string> names = [.. table.Schema.Columns.Select(column => column.Name)];
        if (!SourceKind.HasLines(input.Format, source.File.Name))
        {
            using var unparsed = UnparsedRows.Open(context, source.Quarantine);
            var typed = new RowsOrigin(source, names, null, 0);
            await foreach (var row in TypedRowsOfParts.Read(
                context, table, RowNumbers.Read(context, wanted), offset, unparsed))
                yield return (typed, row);
            yield break;
        }
        var found = await context.Call(RawRowsStage.Value, new RawRowsInput(
            new SourceBytes(
                source.File.Digest, source.File.LengthBytes, SourceKind.Of(input.Format, source.File.Name)),
            SourceKind.FormatOf(input.Format, source.File.Name),
            source.Names ?? names, source.Quarantine, wanted));
        var origin = new RowsOrigin(source, found.Header, found.Bytes, found.PreambleBytes);
        await foreach (var line in File.ReadLinesAsync(context.Locate(found.Rows), context.Cancellation))
            yield return (origin, JsonSerializer.Deserialize(line, QuarantineJson.Default.RawRow)!);
    }
}
