using Mlops.Engine;

/// <summary>
/// What the last run of the same request said, when it had nothing to do: one line for each target that brought
/// steps, then the summary. While all that it looked at still stands, this run says the same and is done.
/// </summary>
sealed record Standing(IReadOnlyList<string> Lines)
{
    public string Summary => Lines[^1];

    public string Text => string.Join('\n', Lines);

    /// <returns>Null if there is none, or something that it looked at has changed.</returns>
    public static Standing? Find(string workspaceDirectory, string request) =>
        Snapshot.Find(workspaceDirectory, request, Environment.GetEnvironmentVariable) is { } snapshot
            ? new Standing(snapshot.Text.Split('\n'))
            : null;
}
