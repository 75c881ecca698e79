using System.Text.Json;
using Microsoft.Data.Analysis;
using Mlops.Data.Tables;
using Mlops.Data.Validation.Checks;
using Mlops.Data.Validation.Leakage;
using Mlops.Data.Validation.Profiling;
using Mlops.Engine;

namespace Mlops.Data.Validation;

/// <summary>
/// Describes a dataset and holds it against its rules. A broken rule is a finding, never an exception. Rows
/// that fail a check of severity error are taken out of training and holdout.
/// </summary>
public static class ValidateStage
{
    /// <summary>Without custom checks.</summary>
    public static Stage<ValidateInput, DataValidation> Value { get; } =
        Create(new Dictionary<string, Func<DataFrame, CustomFinding>>());

    /// <param name="checks">
    /// The custom checks by name. A check gets one part's rows and says which of them fail, or what is wrong
    /// with them as a whole; it must be a function of them alone.
    /// </param>
    /// <exception cref="ProblemException">
    /// The rules themselves are wrong: an unknown column, a pattern (VALIDATE-…).
    /// </exception>
    public static Stage<ValidateInput, DataValidation> Create(
        IReadOnlyDictionary<string, Func<DataFrame, CustomFinding>> checks)
    {
        var custom = new CustomChecks(checks);
        return new(
            "Validate", 5, PackageVersions.ParquetNet,
            () => DataJson.Default.ValidateInput, () => DataJson.Default.DataValidation,
            (context, input) => Validate(context, input, custom))
        {
            Calls = () =>
            [
                PartStages.ProfileParts, PartStages.CheckParts, PartStages.DigestParts, SampleStage.Value,
                WholeStages.Order, WholeStages.Gap, ReferenceChecks.Values, custom.Stage,
            ],
        };
    }

    static async Task<DataValidation> Validate(StageContext context, ValidateInput input, CustomChecks custom)
    {
        RuleProblems.Refuse(input.Rules, input.Table.Schema, custom);
        var profile = await Profile(context, input.Table);
        var scope = new CheckScope(
            context, input, profile,
            input.Previous is null ? null : await PartStages.Load(context, input.Previous.Profile));
        var sample = NeedsSample(input) ? await SampleStage.Of(context, input.Table) : null;
        var findings = Redacted(input.Rules, DistinctIds(
        [
            .. OfDataset(scope).Select(outcome => new Finding(outcome)),
            .. await OfRules(scope, sample, custom),
            .. await LeakageChecks.Run(scope, sample),
        ]));
        var takenOut = await Exclusion.Of(scope, findings);
        List<CheckOutcome> checks =
            [.. findings.Select(finding => finding.Outcome), .. takenOut.Limits];
        var details = new ValidationDetails(
            [.. profile.Columns.Select(ProfileSummary.Of)], checks, ProfileSummary.Correlations(profile),
            profile.Correlations.Columns.Count);
        var artifact = await context.Write(MediaTypes.Json, stream => JsonSerializer.SerializeAsync(
            stream, details, DataJson.Default.ValidationDetails, context.Cancellation));
        return new DataValidation(
            artifact,
            checks.Count,
            checks.Count(check => check.Status == CheckStatus.Warn),
            checks.Count(check => check.Status == CheckStatus.Fail),
            CheckJudgement.Of(checks, takenOut),
            takenOut.Assignment,
            takenOut.Checks.Count == 0 ? null : takenOut.Checks,
            takenOut.Rows,
            await Remembered(context, input.Rules, profile, sample?.Table));
    }

    static async Task<PartProfile> Profile(StageContext context, TableParts table)
    {
        var whole = PartProfile.Of(Concatenation.Empty(table.Schema));
        return table.Parts.Count == 0
            ? whole
            : whole.Merge(await PartStages.Merged(
                context, table.Groups().Select(group => new ProfilePartsInput(group))));
    }

    static bool NeedsSample(ValidateInput input) =>
        (input.Learning is not null && (input.Rules.Leakage ?? new LeakageRule()).Label is not null)
        || (input.Rules.Checks ?? []).Any(rule => rule.Correlation is not null || rule.Drift is not null);

    static IEnumerable<CheckOutcome> OfDataset(CheckScope scope)
    {
        var rules = scope.Input.Rules;
        yield return DatasetChecks.RowCount(rules, scope.Profile.Rows);
        if (rules.RowChange is { } change)
            yield return DatasetChecks.RowChange(change, scope.Profile.Rows, scope.Input.Previous?.Rows);
        if (rules.Schema is { } schema)
            foreach (var outcome in DatasetChecks.Schema(schema, scope.Columns, rules.MatrixColumn))
                yield return outcome;
        yield return DatasetChecks.Constant(scope.Profile, rules.MatrixColumn);
    }

    static async Task<IReadOnlyList<Finding>> OfRules(
        CheckScope scope, (Table Table, IReadOnlyList<long> Rows)? sample, CustomChecks custom)
    {
        var (context, input) = (scope.Context, scope.Input);
        var asked = new List<Asked>();
        var references = new Queue<ReferenceData?>(input.References ?? []);
        foreach (var rule in input.Rules.Columns)
        {
            var columns = await ColumnChecks.Of(scope, rule);
            asked.AddRange(columns.OfValues());
            asked.AddRange(new ColumnSets(scope, rule, columns.Column).Outcomes().Select(Asked.Known));
            if (rule.References is not null)
                asked.Add(await ReferenceChecks.Of(
                    scope, rule, references.TryDequeue(out var data) ? data : null));
            asked.AddRange((await ColumnOrder.Run(scope, rule)).Select(Asked.Known));
        }
        asked.AddRange((await new IdentityChecks(scope).OfColumns()).Select(Asked.Known));
        var baseline = input.Previous?.Sample is { } before
            ? await TableFile.Read(context.Locate(before), null, context.Cancellation)
            : null;
        var tables = new TableChecks(scope, sample, baseline, custom);
        foreach (var rule in input.Rules.Checks ?? [])
            asked.Add(await tables.Of(rule));
        return await RowQuestions.Answer(context, input.Table, asked);
    }

    /// <summary>
    /// Two rules may ask the same of one column at two severities: the second is <c>range:price#2</c>.
    /// </summary>
    static List<Finding> DistinctIds(IReadOnlyList<Finding> findings)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var distinct = new List<Finding>();
        foreach (var finding in findings)
        {
            var id = finding.Outcome.Id;
            var times = seen[id] = seen.GetValueOrDefault(id) + 1;
            distinct.Add(times == 1
                ? finding
                : finding with { Outcome = finding.Outcome with { Id = $"{id}#{times}" } });
        }
        return distinct;
    }

    /// <summary>
    /// A sample of several columns shows nothing as soon as one of them is redacted. What was found of rows
    /// is a count; of a column as a whole it may be its values.
    /// </summary>
    static List<Finding> Redacted(ValidationRules rules, List<Finding> findings) =>
        rules.Redact is not { Count: > 0 } redact
            ? findings
            : [.. findings.Select(finding => finding.Column is { } column && !redact.Contains(column)
                ? finding
                : finding with
                {
                    Outcome = Masking.All(
                        finding.Outcome, finding.Rows is null && IsAbout(finding.Outcome, redact)),
                })];

    static bool IsAbout(CheckOutcome outcome, IReadOnlyList<string> columns) =>
        outcome.Status != CheckStatus.NotRun
        && !outcome.Id.StartsWith("key-leakage:", StringComparison.Ordinal)
        && outcome.Id.IndexOf(':') is var at and >= 0
        && outcome.Id[(at + 1)..].Split('#')[0].Split('+').Intersect(columns, StringComparer.Ordinal).Any();

    /// <summary>Only what a rule may ask for next time is kept.</summary>
    static async Task<AcceptedData?> Remembered(
        StageContext context, ValidationRules rules, PartProfile profile, Table? sample) =>
        !rules.ComparesWithPrevious
        ? null
        : new AcceptedData(
            profile.Rows, await PartStages.Store(context, profile),
            sample is null || !(rules.Checks ?? []).Any(rule => rule.Drift is not null)
                ? null
                : await context.Write(
                    MediaTypes.Parquet, stream => TableFile.Write(stream, sample, context.Cancellation)));
}
