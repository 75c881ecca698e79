using System.Text.Json;
using Mlops.Data.Tables;
using Mlops.Data.Validation.Checks;
using Mlops.Data.Validation.Profiling;
using Mlops.Engine;

namespace Mlops.Data.Validation;

/// <summary>
/// Describes a dataset and holds it against its rules. A broken rule is a finding, never an exception.
/// </summary>
public static class ValidateStage
{
    /// <exception cref="ProblemException">
    /// The rules themselves are wrong: an unknown column, a pattern (VALIDATE-…).
    /// </exception>
    public static Stage<ValidateInput, DataValidation> Value { get; } = new(
        "Validate", 2, PackageVersions.ParquetNet,
        DataJson.Default.ValidateInput, DataJson.Default.DataValidation, Validate);

    static async Task<DataValidation> Validate(StageContext context, ValidateInput input)
    {
        RuleProblems.Refuse(input.Rules, input.Table.Schema);
        var profile = await Profile(context, input.Table);
        var checks = DistinctIds(
        [
            DatasetChecks.RowCount(input.Rules, profile.Rows),
            DatasetChecks.Constant(profile, input.Rules.MatrixColumn),
            .. await CheckColumns(context, input, profile),
            .. await IdentityChecks.Run(context, input),
        ]);
        var details = new ValidationDetails([.. profile.Columns.Select(ProfileSummary.Of)], checks);
        var artifact = await context.Write(MediaTypes.Json, stream => JsonSerializer.SerializeAsync(
            stream, details, DataJson.Default.ValidationDetails, context.Cancellation));
        return new DataValidation(
            artifact,
            checks.Count,
            checks.Count(check => check.Status == CheckStatus.Warn),
            checks.Count(check => check.Status == CheckStatus.Fail),
            Judge(checks));
    }

    static async Task<PartProfile> Profile(StageContext context, TableParts table)
    {
        var whole = PartProfile.Of(Concatenation.Empty(table.Schema));
        return table.Parts.Count == 0
            ? whole
            : whole.Merge(await PartStages.Merged(
                context, table.Groups().Select(group => new ProfilePartsInput(group))));
    }

    static async Task<IReadOnlyList<CheckOutcome>> CheckColumns(
        StageContext context, ValidateInput input, PartProfile profile)
    {
        var schema = input.Table.Schema;
        var columns = input.Rules.Columns
            .Select(rule => new ColumnChecks(rule, schema.Find(rule.Column)!))
            .ToList();
        var tested = columns.Where(column => column.OfRows().Count > 0).ToList();
        var groups = input.Table.Groups();
        var results = await context.CallAll(
            PartStages.CheckParts,
            tested.SelectMany(column => groups.Select(group =>
                new CheckPartsInput(group, column.Column.Name, column.OfRows()))));
        return [.. columns.SelectMany(column => column.Outcomes(
            profile.Columns[schema.IndexOf(column.Column.Name)], Whole(column)))];

        IReadOnlyList<RowCheckResult> Whole(ColumnChecks column) => tested.IndexOf(column) is var at and >= 0
            ? RowCheckResult.Joined(
                column.OfRows().Count, groups, [.. results.Skip(at * groups.Count).Take(groups.Count)])
            : [];
    }

    /// <summary>
    /// Two rules may ask the same of one column at two severities: the second is <c>range:price#2</c>.
    /// </summary>
    static List<CheckOutcome> DistinctIds(IReadOnlyList<CheckOutcome> checks)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var distinct = new List<CheckOutcome>();
        foreach (var check in checks)
        {
            var times = seen[check.Id] = seen.GetValueOrDefault(check.Id) + 1;
            distinct.Add(times == 1 ? check : check with { Id = $"{check.Id}#{times}" });
        }
        return distinct;
    }

    static Judgement Judge(List<CheckOutcome> checks)
    {
        var findings = checks
            .Where(check => check.Status != CheckStatus.Pass)
            .OrderBy(check => check.Status switch { CheckStatus.Fail => 0, CheckStatus.Warn => 1, _ => 2 })
            .Select(Finding)
            .ToList();
        return new Judgement(checks.All(check => check.Status != CheckStatus.Fail), findings);
    }

    static string Finding(CheckOutcome check)
    {
        var severity = check.Status switch
        {
            CheckStatus.Fail => "failed",
            CheckStatus.Warn => "warning",
            _ => "not run",
        };
        var first = check.Samples.Count > 0 && check.Samples[0].Value is { } value
            ? $"; first in row {CheckWords.Count(check.Samples[0].Row)} (from 0): '{value}'"
            : "";
        return $"{severity}: {check.Sentence} ({check.Id}): {check.Observed}{first}";
    }
}
