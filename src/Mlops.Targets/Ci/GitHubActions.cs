using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Mlops.Targets;

/// <summary>Workflow commands: <c>::name key=value::data</c>.</summary>
sealed class GitHubActions(string? summaryFile, string? outputFile) : CiHost
{
    /// <summary>What the server takes of one step's summary.</summary>
    const int LargestSummaryBytes = 1024 * 1024;

    public override string Name => "GitHub Actions";

    public override string Open(string group, DateTimeOffset now) => $"::group::{Data(group)}";

    public override string? Close(string group, DateTimeOffset now) => "::endgroup::";

    public override string Say(Notice notice)
    {
        var command = notice.Level == NoticeLevel.Note
            ? "notice"
            : notice.Level.ToString().ToLowerInvariant();
        var properties = new List<string>();
        Add("file", notice.File);
        Add("line", notice.Line?.ToString(CultureInfo.InvariantCulture));
        Add("col", notice.Column?.ToString(CultureInfo.InvariantCulture));
        Add("title", notice.Id);
        return $"::{command} {string.Join(',', properties)}::{Data(notice.Message)}";

        void Add(string name, string? value)
        {
            if (value is not null)
                properties.Add($"{name}={Property(value)}");
        }
    }

    public override string? Mask(string secret) => $"::add-mask::{Data(secret)}";

    public override IEnumerable<string> Deliver(Delivery delivery, AbsolutePath? folder)
    {
        if (!string.IsNullOrEmpty(summaryFile))
            Append(summaryFile, Fitting(delivery.Summary));
        if (!string.IsNullOrEmpty(outputFile))
            Append(outputFile, string.Concat(delivery.Outputs.Select(Output)));
        WriteSummary(delivery, folder);
        return [];
    }

    static string Data(string text) => text.Replace("%", "%25").Replace("\r", "%0D").Replace("\n", "%0A");

    static string Property(string text) => Data(text).Replace(":", "%3A").Replace(",", "%2C");

    /// <remarks>The delimiter is the value's own digest, so that no line of the value can end it.</remarks>
    static string Output(KeyValuePair<string, string> output)
    {
        var delimiter = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(output.Value)));
        return $"{NameOf(output.Key)}<<{delimiter}\n{output.Value}\n{delimiter}\n";
    }

    static string Fitting(string summary)
    {
        if (Encoding.UTF8.GetByteCount(summary) <= LargestSummaryBytes)
            return summary;
        // A letter takes four bytes at most.
        var kept = summary[..(LargestSummaryBytes / 4)];
        return kept[..(kept.LastIndexOf('\n') + 1)] + "\nThe rest is left out: the server takes no more.\n";
    }
}
