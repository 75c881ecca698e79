namespace Mlops.Targets;

public enum CheckResult
{
    Passed,

    /// <summary>Broken, but let pass: counts as passed and says so.</summary>
    Warned,

    /// <summary>Says no: a gate, a check of the data.</summary>
    Failed,

    /// <summary>Could not be said: a fault, or cancelled.</summary>
    Error,

    /// <summary>Was not made.</summary>
    Skipped,
}

/// <summary>One thing that was held against what it should be: a test case to a CI server.</summary>
/// <param name="Suite">What it belongs to: <c>churn/Evaluate</c>.</param>
/// <param name="Name">What was asked: <c>auc is at least 0.8</c>.</param>
/// <param name="Message">What was found, or why it was not made.</param>
public sealed record Check(
    string Suite, string Name, CheckResult Result, string? Message = null, TimeSpan Duration = default)
{
    internal Check With(Func<string, string> text) => this with
    {
        Suite = text(Suite),
        Name = text(Name),
        Message = Message is null ? null : text(Message),
    };
}
