using Mlops.Data.Ingestion;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Validation.Checks;

/// <summary>Whether each value of a column stands in a column of another dataset or of a file.</summary>
static class ReferenceChecks
{
    /// <summary>The values of a reference, at rest; see <see cref="KnownValues"/>.</summary>
    public static Stage<ReferenceData, Artifact> Values { get; } = new(
        "Validate.ReferenceValues", 1, PackageVersions.ParquetNet,
        () => ValidationJson.Default.ReferenceData, () => ValidationJson.Default.Artifact,
        async (context, reference) => await KnownValues.Write(
            context, reference.Table is { } table
                ? await OfTable(context, table, reference.Column)
                : await OfFile(context, reference.File!, reference.Column)));

    /// <param name="reference">What the rule's reference leads to; null where it leads nowhere yet.</param>
    public static async Task<Asked> Of(CheckScope scope, ColumnRule rule, ReferenceData? reference)
    {
        var where = rule.References!.Pipeline ?? rule.References.File;
        var terms = new CheckTerms(
            $"references:{rule.Column}", $"each {rule.Column} is a {rule.References.Column} of {where}",
            rule.Severity ?? Severity.Error,
            Tolerance.Of(rule));
        return reference is null
            ? Asked.NotRun(terms, $"there is no {where} to look into")
            : Asked.OfColumn(terms, rule.Column, new RowCheck(
                RowCheckKind.Known, Known: await scope.Context.Call(Values, reference)));
    }

    static async Task<IEnumerable<string>> OfTable(StageContext context, TableParts table, string column)
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

    static async Task<IEnumerable<string>> OfFile(StageContext context, SourceFile file, string column)
    {
        try
        {
            await using var records = await SourceRecords.Open(
                context, new SourceBytes(file.Digest, file.LengthBytes), FormatOf(file.Name), null, null);
            var index = records.Header.Names.ToList().IndexOf(column);
            if (index < 0)
                throw Unknown(column, $"The file '{file.Name}'", records.Header.Names);
            var values = await records.DistinctCells(index, context.Cancellation);
            await records.Finish(context.Cancellation);
            return values;
        }
        catch (SourceFaultException fault)
        {
            throw new ProblemException([fault.Problem with
            {
                Where = (fault.Problem.Where ?? new Place("")) with { File = file.Name },
            }], inner: fault);
        }
    }

    static TextFormat FormatOf(string name) =>
        name.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) ? new TextFormat("\t") : new TextFormat();

    static ProblemException Unknown(string column, string who, IEnumerable<string> known) => new(new Problem(
        "VALIDATE-007", $"{who} that a rule refers to has no column '{column}'.",
        Next: NearestNames.Suggest(column, known)));
}
