using System.Globalization;

namespace Mlops.Targets;

/// <summary>Logging commands: <c>##vso[area.action key=value;]data</c>.</summary>
sealed class AzurePipelines : CiHost
{
    public override string Name => "Azure Pipelines";

    public override string Open(string group, DateTimeOffset now) => $"##[group]{Data(group)}";

    public override string? Close(string group, DateTimeOffset now) => "##[endgroup]";

    /// <remarks>The server knows warnings and errors only; a note is a line.</remarks>
    public override string Say(Notice notice)
    {
        if (notice.Level == NoticeLevel.Note)
            return base.Say(notice).ReplaceLineEndings(" ");
        var properties = $"type={notice.Level.ToString().ToLowerInvariant()};";
        Add("sourcepath", notice.File);
        Add("linenumber", notice.Line?.ToString(CultureInfo.InvariantCulture));
        Add("columnnumber", notice.Column?.ToString(CultureInfo.InvariantCulture));
        Add("code", notice.Id);
        return $"##vso[task.logissue {properties}]{Data(notice.Message)}";

        void Add(string name, string? value) =>
            properties += value is null ? "" : $"{name}={Property(value)};";
    }

    public override string? Mask(string secret) => $"##vso[task.setsecret]{Data(secret)}";

    public override IEnumerable<string> Deliver(Delivery delivery, AbsolutePath? folder)
    {
        foreach (var (name, value) in delivery.Outputs)
            yield return $"##vso[task.setvariable variable={NameOf(name)};isOutput=true;]{Data(value)}";
        if (WriteSummary(delivery, folder) is { } path)
            yield return $"##vso[task.uploadsummary]{Data(path)}";
    }

    static string Data(string text) => text.Replace("%", "%AZP25").Replace("\r", "%0D").Replace("\n", "%0A");

    static string Property(string text) => Data(text).Replace("]", "%5D").Replace(";", "%3B");
}
