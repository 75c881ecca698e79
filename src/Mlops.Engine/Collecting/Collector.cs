namespace Mlops.Engine;

/// <summary>
/// Makes room: decides what stays, tells what goes, and removes it. What was removed is made
/// again when needed.
/// </summary>
public sealed class Collector
{
    readonly Workspace workspace;
    readonly CollectionRules rules;
    readonly TraceIndex index;

    public Collector(Workspace workspace, CollectionRules rules)
    {
        (this.workspace, this.rules) = (workspace, rules);
        index = new TraceIndex(workspace.Traces);
    }

    /// <summary>What would go; removes nothing.</summary>
    public Freed Plan() => Decide().Told;

    /// <summary>Waits for a moment in which no build uses the workspace, and makes room.</summary>
    /// <param name="patience">How long to wait for that moment at most.</param>
    /// <param name="waiting">Told once, if there is something to wait for.</param>
    /// <exception cref="ProblemException">There was no such moment (ENGINE-034),
    /// or the workspace cannot be used.</exception>
    public async Task<Freed> Collect(TimeSpan patience, Action waiting, CancellationToken cancellation)
    {
        // Most of the reading is done before, so that the moment is short.
        index.Refresh();
        using var alone = await workspace.Moments.Alone(patience, waiting, cancellation)
            ?? throw new ProblemException(new Problem(
                "ENGINE-034", "Builds used the workspace all the time; nothing was collected.",
                new Place(workspace.Location), Next: "Run Gc again when they have ended."));
        try
        {
            var decision = Decide();
            Remove(decision);
            return decision.Told;
        }
        catch (Exception fault) when (StoreFaults.IsOfDisk(fault))
        {
            throw StoreFaults.OfWorkspace(workspace.Location, fault);
        }
    }

    sealed record Decision(
        Freed Told, Kept Kept, IReadOnlyList<StepHistory> Histories,
        IReadOnlyList<Digest> Traces, IReadOnlyList<Digest> Artifacts, IReadOnlyList<Note> Notes);

    Decision Decide()
    {
        index.Refresh();
        var histories = workspace.Steps.All();
        var stored = workspace.Artifacts.All().ToDictionary(file => file.Digest, file => file.LengthBytes);
        var notes = workspace.Notes.All().ToLookup(note => IsWanted(note, histories));
        var kept = new Kept(index.All, stored);
        foreach (var artifact in notes[true].SelectMany(note => note.Artifacts()))
            kept.AddArtifact(artifact.Digest);
        var exceeds = Keep(kept, histories);
        var named = index.All.Values.SelectMany(trace => trace.Artifacts)
            .Select(artifact => artifact.Digest).ToHashSet();
        List<Digest> traces = [.. index.All.Keys.Where(key => !kept.HasKey(key))];
        List<Digest> artifacts = [.. stored.Keys.Where(digest =>
            !kept.HasArtifact(digest) && (named.Contains(digest) || IsOld(digest)))];
        var groups = FreedGroups.Of(
            index.All, histories, traces, artifacts.ToDictionary(digest => digest, digest => stored[digest]));
        return new Decision(
            new Freed(groups, kept.Bytes, exceeds, FreedGroups.Of(notes[false])),
            kept, histories, traces, artifacts, [.. notes[false]]);
    }

    /// <summary>
    /// As its pipeline's steps: as long as that exists, and for as long as anything stays of one that is
    /// no more. What other versions wrote is theirs.
    /// </summary>
    bool IsWanted(Note note, IReadOnlyList<StepHistory> histories) =>
        note.Name is null ? !note.IsDamaged
        : note.Name.Pipeline is not { } pipeline ? !rules.IsOutdated(note.Name)
        : rules.Pipelines.Contains(pipeline)
            || histories.Any(history => history.Step.Pipeline == pipeline && history.Keys is [.., var last]
                && workspace.Clock.GetUtcNow() - last.Since < rules.KeepAge);

    /// <returns>Whether what has to stay is more than the limit.</returns>
    bool Keep(Kept kept, IReadOnlyList<StepHistory> histories)
    {
        var lineage = new Lineage(index.All, workspace.Traces).Of(Recorded(), histories);
        var roots = Roots.Of(index.All, histories, lineage, rules, workspace.Clock.GetUtcNow()).ToList();
        foreach (var root in roots.Where(root => root.IsFixed))
            kept.Add(root.Key);
        var limit = rules.MaxBytes ?? long.MaxValue;
        var exceeds = kept.Bytes > limit;
        var latestFirst = roots.Where(root => !root.IsFixed).OrderByDescending(root => root.LastUse);
        foreach (var root in latestFirst.ThenBy(root => root.Key))
            if (!kept.Add(root.Key, limit))
                break;
        return exceeds;
    }

    /// <summary>What releases and approvals name.</summary>
    HashSet<Digest> Recorded()
    {
        var needed = new HashSet<Digest>();
        foreach (var line in workspace.Ledger.Read().Lines)
            if (line.Entry?.What is LedgerMatter.Release release)
                needed.UnionWith([release.Key, release.Package]);
            else if (line.Entry?.What is LedgerMatter.Approval approval)
                needed.Add(approval.Package);
            else if (line.Entry is null)
                throw new ProblemException(
                    [
                        new Problem(
                            "ENGINE-035",
                            "The ledger is damaged: what its releases need cannot be told, so "
                            + "nothing is collected.",
                            new Place(workspace.Location),
                            Next: "./build.sh Verify names what is damaged. Put the "
                                + "ledger back from a copy."),
                    ],
                    damaged: true);
        return needed;
    }

    bool IsOld(Digest digest) =>
        FileStamp.Of(workspace.Artifacts.PathOf(digest)) is { } stamp
        && stamp.ChangedTicks < (workspace.Clock.GetUtcNow() - rules.Grace).UtcTicks;

    /// <remarks>
    /// Notes and histories before traces before artifacts: after a kill in between nothing names what is
    /// not there.
    /// </remarks>
    void Remove(Decision decision)
    {
        foreach (var note in decision.Notes)
            workspace.Notes.Remove(note);
        foreach (var history in decision.Histories)
            Trim(history, decision.Kept);
        foreach (var key in decision.Traces)
            workspace.Traces.Remove(key);
        foreach (var digest in decision.Artifacts)
            workspace.Artifacts.Remove(digest);
        workspace.Durations.KeepOnly(workspace.Steps.All().Select(history => history.Step));
        Snapshot.RemoveOlder(workspace.Location, workspace.Clock.GetUtcNow() - rules.KeepAge);
    }

    void Trim(StepHistory history, Kept kept)
    {
        List<StepKey> keys = [.. history.Keys.Where(entry => kept.HasKey(entry.Key))];
        if (keys.Count == 0)
            workspace.Steps.Forget(history.Step);
        else if (keys.Count < history.Keys.Count)
            workspace.Steps.Write(history with { Keys = keys });
    }
}
