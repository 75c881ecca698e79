using Mlops.Data.Ingestion;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Validation.Checks;

/// <param name="Known">See <see cref="KnownValues"/>.</param>
/// <param name="LeftOut">Rows of a file that could not be read.</param>
/// <param name="FirstLeftOut">1-based line of the first of them; 0 where there is none.</param>
sealed record ReferenceValues(Artifact Known, long LeftOut, long FirstLeftOut);

/// <summary>Whether each value of a column stands in a column of another dataset or of a file.</summary>
static class ReferenceChecks
{
    /// <summary>The values of a reference, at rest; see <see cref="KnownValues"/>.</summary>
    public static Stage<ReferenceData, ReferenceValues> Values { get; } = new(
        "Validate.ReferenceValues", 4, PackageVersions.ParquetNet,
        () => ValidationJson.Default.ReferenceData, () => ValidationJson.Default.ReferenceValues,
        async (context, reference) =>
        {
            var values = reference.Table is { } table
                ? new DistinctCells(await OfTable(context, table, reference.Column), 0, 0)
                : await OfFile(context, reference.File!, reference.Format, reference.Column);
            return new ReferenceValues(
                await KnownValues.Write(context, values.Cells), values.LeftOut, values.FirstLeftOut);
        });

    /// <param name="reference">What the rule's reference leads to; null where it leads nowhere yet.</param>
    public static async Task<Asked> Of(CheckScope scope, ColumnRule rule, ReferenceData? reference)
    {
        var where = rule.References!.Pipeline ?? rule.References.File;
        var terms = new CheckTerms(
            $"references:{rule.Column}", $"each {rule.Column} is a {rule.References.Column} of {where}",
            rule.Severity ?? Severity.Error,
            Tolerance.Of(rule));
        if (reference is null)
            return Asked.NotRun(terms, $"there is no {where} to look into");
        var values = await scope.Context.Call(Values, reference);
        return Asked.OfRows(new RowQuestion(
            [rule.Column], new RowCheck(RowCheckKind.Known, Known: values.Known),
            found => Told(Outcomes.OfRows(terms, found, rule.Column), reference, values)));
    }

    /// <summary>What was not read is known to nobody, and a value may stand there.</summary>
    static Finding Told(Finding finding, ReferenceData reference, ReferenceValues values) =>
        values.LeftOut == 0 ? finding : finding with
        {
            Outcome = finding.Outcome with
            {
                Observed = $"{finding.Outcome.Observed}; {Counted.Of(values.LeftOut, "row", "rows")} "
                    + $"of {reference.File!.Name} could not be read, "
                    + FormattableString.Invariant($"the first in line {values.FirstLeftOut}"),
            },
        };

    static async Task<HashSet<string>> OfTable(StageContext context, TableParts table, string column)
    {
        if (table.Schema.Find(column) is null)
            throw Unknown(column, "The dataset", table.Schema.Columns.Select(known => known.Name));
        var values = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in table.Parts)
        {
            var read = (await TableFile.Read(context.Locate(part.File), [column], context.Cancellation))[0];
            for (var row = 0; row < read.Count; row++)
                if (read.Text(row) is { } text)
                    values.Add(text);
        }
        return values;
    }

    static async Task<DistinctCells> OfFile(
        StageContext context, SourceFile file, TextFormat? format, string column)
    {
        try
        {
            return await SourceFaults.Name(
                context, file.Digest, file.LengthBytes,
                SourceKind.FormatOf(format ?? new TextFormat(), file.Name),
                read => CellsOf(context, file, read, column));
        }
        catch (SourceFaultException fault)
        {
            throw new ProblemException([fault.Problem with
            {
                Where = (fault.Problem.Where ?? new Place("")) with { File = file.Name },
                // Whoever reads the text knows of the sources' format alone.
                Next = fault.Problem.Next?.Replace("data.format", "references.format"),
            }], inner: fault);
        }
    }

    static async Task<DistinctCells> CellsOf(
        StageContext context, SourceFile file, TextFormat format, string column)
    {
        await using var records = await SourceRecords.Open(
            context, new SourceBytes(file.Digest, file.LengthBytes), format, null, null);
        var index = records.Header.Names.ToList().IndexOf(column);
        if (index < 0)
            throw Unknown(column, $"The file '{file.Name}'", records.Header.Names);
        var values = await DistinctCells.Of(
            records, index, MissingWords.Of(format), context.Cancellation);
        await records.Finish(context.Cancellation);
        return values;
    }

    static ProblemException Unknown(string column, string who, IEnumerable<string> known) => new(new Problem(
        "VALIDATE-007", $"{who} that a rule refers to has no column '{column}'.",
        Next: NearestNames.Suggest(column, known)));
}
