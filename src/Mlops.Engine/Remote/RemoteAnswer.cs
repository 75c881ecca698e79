namespace Mlops.Engine;

enum RemoteOutcome
{
    Done,
    /// <summary>The remote does not have it.</summary>
    Absent,
    /// <summary>What came is not what it should be.</summary>
    Wrong,
    /// <summary>The remote answered with something that is no answer.</summary>
    Failed,
    /// <summary>As failed, but it may pass.</summary>
    Busy,
    /// <summary>The connection broke, or could not be made.</summary>
    Broken,
    /// <summary>
    /// No answer in time, or none that can be trusted to be the remote's: trying again would be no use.
    /// </summary>
    Dead,
    /// <summary>The remote does not let us.</summary>
    Denied,
    /// <summary>Not asked any more in this run.</summary>
    Unasked,
}

/// <param name="Why">In words, where it is not done.</param>
/// <param name="LengthBytes">How much was received, or how long the remote says that the entry is.</param>
sealed record RemoteAnswer(RemoteOutcome Outcome, string Why = "", long LengthBytes = 0)
{
    public static RemoteAnswer Done { get; } = new(RemoteOutcome.Done);

    public bool IsDone => Outcome == RemoteOutcome.Done;

    public bool MayPass => Outcome is RemoteOutcome.Busy or RemoteOutcome.Broken;

    /// <summary>What a status other than success says.</summary>
    public static RemoteAnswer Of(int status) => new(
        status switch
        {
            404 or 410 => RemoteOutcome.Absent,
            401 or 403 or 407 => RemoteOutcome.Denied,
            408 or 429 or 500 or 502 or 503 or 504 => RemoteOutcome.Busy,
            _ => RemoteOutcome.Failed,
        },
        FormattableString.Invariant($"it answered with status {status}"));
}
