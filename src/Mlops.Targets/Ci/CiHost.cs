using System.Text;

namespace Mlops.Targets;

/// <summary>
/// What the server that runs a build understands of its log. All members return text for the log; only
/// <see cref="Deliver"/> writes files.
/// </summary>
abstract class CiHost
{
    public abstract string Name { get; }

    /// <summary>Whether it shows notices elsewhere than in the log.</summary>
    public virtual bool ShowsNotices => true;

    /// <returns>Null where no server runs this.</returns>
    public static CiHost? Detect(Func<string, string?> environment)
    {
        if (Is("GITHUB_ACTIONS"))
            return new GitHubActions(environment("GITHUB_STEP_SUMMARY"), environment("GITHUB_OUTPUT"));
        if (Is("TF_BUILD"))
            return new AzurePipelines();
        if (Is("GITLAB_CI"))
            return new GitLab();
        if (!string.IsNullOrEmpty(environment("TEAMCITY_VERSION")))
            return new TeamCity();
        return Is("CI") || !string.IsNullOrEmpty(environment("JENKINS_URL")) ? new PlainServer() : null;

        bool Is(string variable) =>
            string.Equals(environment(variable), "true", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Begins a part of the log that can be folded.</summary>
    public abstract string Open(string group, DateTimeOffset now);

    /// <returns>Null where the next group ends this one.</returns>
    public abstract string? Close(string group, DateTimeOffset now);

    /// <summary>One line or several that the server shows beside the source, if it can.</summary>
    public virtual string Say(Notice notice) => notice.ToString();

    /// <summary>Has the server hide a value too, also in what other programs print.</summary>
    public virtual string? Mask(string secret) => null;

    /// <summary>Hands outputs and the summary over, and says how in the log.</summary>
    /// <param name="folder">Where files may be left that the server collects;
    /// null where nobody named one.</param>
    public abstract IEnumerable<string> Deliver(Delivery delivery, AbsolutePath? folder);

    protected static void Append(string path, string text) =>
        File.AppendAllText(path, text, new UTF8Encoding(false));

    /// <summary>For hosts that collect files.</summary>
    protected static string? WriteSummary(Delivery delivery, AbsolutePath? folder)
    {
        if (folder is null)
            return null;
        var path = folder / "summary.md";
        File.WriteAllText(path, delivery.Summary, new UTF8Encoding(false));
        return path;
    }

    /// <summary>A name as every host accepts it: letters, digits and underscores.</summary>
    protected static string NameOf(string output) =>
        string.Concat(output.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
}

/// <summary>What a finished run leaves for the server.</summary>
/// <param name="Summary">Markdown.</param>
/// <param name="Outputs">Values that later jobs may read.</param>
sealed record Delivery(string Summary, IReadOnlyList<KeyValuePair<string, string>> Outputs);
