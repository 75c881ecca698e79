using System.Text.Json;
using Microsoft.Data.Analysis;
using Mlops.Data.Tables;
using Mlops.Data.Validation.Checks;
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
            "Validate", 10, PartToolchain.Words,
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
            input.Previous is null ? null : PartStages.Load(context, input.Previous.Profile));
        var sample = NeedsSample(input) ? await SampleStage.Of(context, input.Table) : null;
        var findings = Masking.Redacted(await AllChecks.Run(scope, sample, custom), input.Rules.Redact);
        var takenOut = await Exclusion.Of(scope, findings);
        List<CheckOutcome> checks =
            [.. findings.Select(finding => finding.Outcome), .. takenOut.Limits];
        return new DataValidation(
            await WriteDetails(context, profile, checks),
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

    static Task<Artifact> WriteDetails(
        StageContext context, PartProfile profile, IReadOnlyList<CheckOutcome> checks)
    {
        var details = new ValidationDetails(
            [.. profile.Columns.Select(ProfileSummary.Of)], checks, ProfileSummary.Correlations(profile),
            profile.Correlations.Columns.Count);
        return context.Write(MediaTypes.Json, stream => JsonSerializer.SerializeAsync(
            stream, details, DataJson.Default.ValidationDetails, context.Cancellation));
    }

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
