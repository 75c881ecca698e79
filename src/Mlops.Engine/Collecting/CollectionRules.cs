namespace Mlops.Engine;

/// <summary>
/// What stays when room is made, besides what the latest run of each existing pipeline made, and what
/// releases and approvals of the ledger name: these stay with all that they were made of, and with what else
/// their pipeline had made at the time.
/// </summary>
/// <param name="KeepRuns">Of each step the results of so many different runs; at least 1.</param>
/// <param name="KeepAge">And what was in use within this time.</param>
/// <param name="MaxBytes">
/// Of the rest the least recently used goes first, until no more is left than this; null for no limit.
/// </param>
/// <param name="Pipelines">Those that exist;
/// of others only <paramref name="KeepAge"/> keeps anything.</param>
public sealed record CollectionRules(
    int KeepRuns, TimeSpan KeepAge, long? MaxBytes, IReadOnlySet<string> Pipelines)
{
    /// <summary>What is in no history may be about to be: it stays for so long.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Of notes of no pipeline: those that nobody will ask for any more.</summary>
    public Predicate<NoteName> IsOutdated { get; init; } = static _ => false;
}

/// <summary>What a collection frees, or would.</summary>
/// <param name="Groups">By pipeline and stage, the largest first.</param>
/// <param name="KeptBytes">What stays, artifacts and traces.</param>
/// <param name="ExceedsLimit">What has to stay is more than the limit.</param>
/// <param name="Notes">Of what later runs would have compared with, in order of pipelines.</param>
public sealed record Freed(
    IReadOnlyList<FreedGroup> Groups, long KeptBytes, bool ExceedsLimit, IReadOnlyList<FreedNotes> Notes)
{
    public long Bytes => Groups.Sum(group => group.Bytes) + Notes.Sum(notes => notes.Bytes);
}

/// <param name="Pipeline">Empty where nothing says of which.</param>
/// <param name="Stage">Empty for artifacts that no trace names.</param>
public sealed record FreedGroup(string Pipeline, string Stage, int Traces, int Artifacts, long Bytes);

/// <param name="Pipeline">Which is no more; empty for notes of none, and for such that nobody can
/// read.</param>
/// <param name="Cell">Of notes of no pipeline: what they are about.</param>
public sealed record FreedNotes(string Pipeline, int Notes, long Bytes, string? Cell = null);
