using Mlops.Engine;

/// <summary>
/// What the last run of the same request said, when it had nothing to do. While all that it looked at still
/// stands, this run says the same and is done.
/// </summary>
/// <param name="Targets">For each target that brought steps what it said.</param>
/// <param name="Plan">One line for each step, all of them up to date.</param>
/// <param name="Conclusion">The last sentence.</param>
sealed record Standing(
    IReadOnlyList<TargetLine> Targets, IReadOnlyList<CountLine> Summary,
    IReadOnlyList<string> Plan, string Conclusion)
{
    /// <summary>Lines of text, divided by tabs; the plan begins after an empty line.</summary>
    public string Text => string.Join(
        '\n',
        [
            Conclusion, .. Targets.Select(target => string.Join('\t', [target.Said, .. target.Counts])),
            .. Summary.Select(line => $"{line.Name}\t{line.Text}"), "", .. Plan,
        ]);

    /// <param name="refresh">Whether something may be noted, so that it is found faster next time.</param>
    /// <returns>Null if there is none, or something that it looked at has changed.</returns>
    public static Standing? Find(string workspaceDirectory, string request, int targets, bool refresh)
    {
        var now = TimeProvider.System.GetUtcNow();
        if (Snapshot.Find(
            workspaceDirectory, request, Environment.GetEnvironmentVariable, TimeProvider.System)
            is not { } snapshot)
            return null;
        if (refresh && snapshot.HasTouched)
            snapshot.Refresh(now);
        var lines = snapshot.Text.Split('\n');
        var said = new TargetLine[targets];
        for (var i = 0; i < targets; i++)
            said[i] = lines[i + 1].Split('\t') is [var first, .. var counts]
                ? new TargetLine(first, counts)
                : TargetLine.Empty;
        var plan = Array.IndexOf(lines, "", targets + 1);
        var summary = new List<CountLine>();
        foreach (var line in lines.AsSpan((targets + 1)..plan))
            summary.Add(new CountLine(line[..line.IndexOf('\t')], line[(line.IndexOf('\t') + 1)..]));
        return new Standing(said, summary, lines[(plan + 1)..], lines[0]);
    }
}

/// <summary>What a target said of its steps.</summary>
/// <param name="Said">Of those that were up to date; empty if there were none.</param>
/// <param name="Counts">In the order of <see cref="StepCount.Columns"/>.</param>
sealed record TargetLine(string Said, IReadOnlyList<string> Counts)
{
    public static TargetLine Empty { get; } = new("", []);
}
