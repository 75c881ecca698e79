using Mlops.Data.Drift;
using Mlops.Data.Validation;
using Mlops.Learning.Evaluation;
using Mlops.Learning.Monitoring;
using Scriban.Runtime;

namespace Mlops.Reporting.Rendering;

/// <summary>Verdicts as a mark, a word and a class, so that colour is never the only sign.</summary>
static class Marks
{
    public static string Of(string look) => look switch
    {
        "ok" => "✓",
        "warn" => "!",
        "bad" => "✗",
        _ => "·",
    };

    public static ScriptObject Chip(string look, string word) =>
        Fields.Of(("look", look), ("mark", Of(look)), ("word", word));

    public static ScriptObject Chip(DriftVerdict verdict) => Chip(Look(verdict), Word(verdict));

    public static string Look(DriftVerdict verdict) => verdict switch
    {
        DriftVerdict.None => "ok",
        DriftVerdict.Warning => "warn",
        DriftVerdict.Drift => "bad",
        _ => "plain",
    };

    /// <summary>What fails looks so, whatever its verdict.</summary>
    public static string Look(MonitorResult monitor) =>
        monitor.Judgement.Accepted ? Look(monitor.Verdict) : "bad";

    public static string Word(DriftVerdict verdict) => verdict switch
    {
        DriftVerdict.None => "no drift",
        DriftVerdict.Warning => "warning",
        DriftVerdict.Drift => "drift",
        DriftVerdict.Insufficient => "insufficient data",
        _ => "no data",
    };

    public static ScriptObject Chip(CheckStatus status) => status switch
    {
        CheckStatus.Pass => Chip("ok", "pass"),
        CheckStatus.Warn => Chip("warn", "warning"),
        CheckStatus.Fail => Chip("bad", "fail"),
        CheckStatus.Noted => Chip("plain", "noted"),
        _ => Chip("plain", "not run"),
    };

    public static ScriptObject Chip(GateOutcome gate) =>
        gate.IsMet ? Chip("ok", "pass") : gate.Passed ? Chip("plain", "not run") : Chip("bad", "fail");

    public static ScriptObject Chip(StepState state) => state switch
    {
        StepState.Finished => Chip("ok", "finished"),
        StepState.Rejected => Chip("bad", "rejected"),
        StepState.Failed => Chip("bad", "failed"),
        _ => Chip("plain", "blocked"),
    };
}
