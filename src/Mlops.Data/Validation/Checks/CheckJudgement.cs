using System.Globalization;
using Mlops.Engine;

namespace Mlops.Data.Validation.Checks;

/// <summary>From the checks to whether the dataset is accepted, and what to tell.</summary>
static class CheckJudgement
{
    /// <summary>In characters as people count them, and in all for those made of many.</summary>
    const int MaxQuoted = 100;
    const int MaxUnits = 400;

    public static Judgement Of(IReadOnlyList<CheckOutcome> checks, Exclusion taken)
    {
        List<string> findings = [.. checks
            .Where(check => check.Status is not (CheckStatus.Pass or CheckStatus.Noted))
            .OrderBy(check => check.Status switch { CheckStatus.Fail => 0, CheckStatus.Warn => 1, _ => 2 })
            .Select(Finding)];
        var nothingLeft = taken.Rows > 0 && (taken.TrainRows == 0 || taken.HoldoutRows == 0);
        if (nothingLeft)
            findings.Insert(0, $"{CheckFinding.Failed}: "
                + "the checks took out all rows of the training split or of the holdout");
        var accepted = !nothingLeft && checks.All(check => check.Status != CheckStatus.Fail);
        if (taken.Rows > 0 && accepted)
            findings.Add(
                $"taken out: {Counted.Of(taken.Rows, "row", "rows")} that failed "
                    + CheckWords.Listed([.. taken.Checks.Select(check => check.Check)]));
        return new Judgement(accepted, findings);
    }

    static string Finding(CheckOutcome check)
    {
        var severity = check.Status switch
        {
            CheckStatus.Fail => CheckFinding.Failed,
            CheckStatus.Warn => CheckFinding.Warning,
            _ => CheckFinding.NotRun,
        };
        var first = check.Samples.Count > 0 && check.Samples[0].Value is { } value
            ? $"; first in row {Counted.Of(check.Samples[0].Row)} (from 0): '{Short(value)}'"
            : "";
        return $"{severity}: {check.Sentence} ({check.Id}): {check.Observed}{first}";
    }

    /// <summary>A finding is a sentence, whatever a cell holds; the samples have it whole.</summary>
    static string Short(string value)
    {
        var starts = StringInfo.ParseCombiningCharacters(value.Length > MaxUnits ? value[..MaxUnits] : value);
        return starts.Length > MaxQuoted ? $"{value[..starts[MaxQuoted]]}…" : value.Length > MaxUnits
            ? $"{value[..starts[^1]]}…" : value;
    }
}
