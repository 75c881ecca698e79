using Microsoft.Data.Analysis;
using Mlops.Data.Ingestion;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Validation.Checks;

/// <summary>What a custom check says of one part.</summary>
/// <param name="FailingRows">Rows of the part that fail, counted from 0.</param>
/// <param name="Finding">What is wrong with the part as a whole, in words; null where nothing is.</param>
public sealed record CustomFinding(IReadOnlyList<long> FailingRows, string? Finding = null)
{
    public static CustomFinding None { get; } = new([]);
}

sealed record CustomPartInput(TablePart Part, CustomCheckIdentity Check);

/// <param name="Sentence">What is wrong with the part as a whole; null where nothing is.</param>
sealed record CustomPart(RowCheckResult Rows, string? Sentence);

/// <summary>
/// Checks that the build brings as functions over a data frame; one call per part and code.
/// </summary>
sealed class CustomChecks
{
    readonly IReadOnlyDictionary<string, Func<DataFrame, CustomFinding>> checks;

    public CustomChecks(IReadOnlyDictionary<string, Func<DataFrame, CustomFinding>> checks)
    {
        this.checks = checks;
        Stage = new(
            "Validate.CustomCheck", 1,
            $"{PackageVersions.ParquetNet}, {PackageVersions.MicrosoftDataAnalysis}",
            () => ValidationJson.Default.CustomPartInput, () => ValidationJson.Default.CustomPart, Check);
    }

    /// <summary>One custom check of one part.</summary>
    public Stage<CustomPartInput, CustomPart> Stage { get; }

    /// <returns>Null where there is such a check.</returns>
    public Problem? FindProblem(string name) => checks.ContainsKey(name) ? null : new Problem(
        "VALIDATE-008", $"There is no custom check '{name}'.",
        Next: NearestNames.Suggest(name, checks.Keys.Order(StringComparer.Ordinal)));

    public async Task<Finding> Run(CheckScope scope, TableRule rule, string name)
    {
        var terms = TableTerms.Of(
            rule, $"custom:{name}", $"the custom check {name} finds nothing", Severity.Error);
        var identity = scope.Input.Custom?.FirstOrDefault(known => known.Name == name)
            ?? throw new ProblemException(FindProblem(name) ?? new Problem(
                "VALIDATE-008", $"Nobody said which code the custom check '{name}' has."));
        var parts = await scope.Context.CallAll(
            Stage, scope.Input.Table.Parts.Select(part => new CustomPartInput(part, identity)));
        var tally = new RowTally();
        foreach (var (part, found) in scope.Input.Table.Parts.Zip(parts))
            tally.Append(found.Rows, part.RowCount);
        var finding = Outcomes.OfRows(terms, tally);
        List<string> sentences = [.. parts.Select(part => part.Sentence)
            .OfType<string>().Distinct(StringComparer.Ordinal)];
        return finding with
        {
            Outcome = sentences.Count == 0
                ? finding.Outcome with
                {
                    Samples = await ShownRows.WithValues(
                        scope, scope.Input.Rules.Key, finding.Outcome.Samples),
                }
                : Outcomes.OfSet(
                    terms, holds: false, string.Join("; ", sentences.Take(RowCheckResult.MaxSamples)),
                    tally.Tested, tally.Failing) with
                { Samples = finding.Outcome.Samples },
        };
    }

    async Task<CustomPart> Check(StageContext context, CustomPartInput input)
    {
        var table = await TableFile.Read(context.Locate(input.Part.File), null, context.Cancellation);
        var found = Call(input.Check.Name, DataFrames.Of(table));
        long[] rows = [.. found.FailingRows.Distinct().Order()];
        if (rows.Length > 0 && (rows[0] < 0 || rows[^1] >= table.RowCount))
            throw new ProblemException(new Problem(
                "VALIDATE-009",
                $"The custom check '{input.Check.Name}' names a row that the part does not have.",
                Expected: $"0 to {table.RowCount - 1}", Actual: $"{(rows[0] < 0 ? rows[0] : rows[^1])}"));
        return new CustomPart(
            await new RowsFound(
                table.RowCount, rows,
                [.. rows.Take(RowCheckResult.MaxSamples).Select(row => new CheckSample(row, null))])
                .Store(context),
            found.Finding);
    }

    CustomFinding Call(string name, DataFrame frame)
    {
        try
        {
            return checks[name](frame) ?? throw new InvalidOperationException("It returned null.");
        }
        catch (Exception e)
            when (e is not (OutOfMemoryException or OperationCanceledException or ProblemException))
        {
            throw new ProblemException([new Problem(
                "VALIDATE-009", $"The custom check '{name}' failed.",
                Actual: $"{e.GetType().Name}: {e.Message}")], inner: e);
        }
    }
}
