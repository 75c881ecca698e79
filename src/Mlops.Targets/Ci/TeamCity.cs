using System.Globalization;
using System.Text;

namespace Mlops.Targets;

/// <summary>Service messages: <c>##teamcity[name key='value']</c>.</summary>
sealed class TeamCity : CiHost
{
    readonly HashSet<string> known = [];

    public override string Name => "TeamCity";

    public override string Open(string group, DateTimeOffset now) =>
        $"##teamcity[blockOpened name='{Value(group)}']";

    public override string? Close(string group, DateTimeOffset now) =>
        $"##teamcity[blockClosed name='{Value(group)}']";

    /// <remarks>
    /// With a place it is an inspection, whose kind has to be declared once; else a message.
    /// </remarks>
    public override string Say(Notice notice)
    {
        var (id, text) = (Value(notice.Id), Value(notice.Message));
        if (notice.File is null)
            return notice.Level == NoticeLevel.Note
                ? $"##teamcity[message text='{id}: {text}']"
                : $"##teamcity[message text='{id}: {text}' "
                    + $"status='{notice.Level.ToString().ToUpperInvariant()}']";
        var severity = notice.Level == NoticeLevel.Note ? "INFO" : notice.Level.ToString().ToUpperInvariant();
        var line = (notice.Line ?? 1).ToString(CultureInfo.InvariantCulture);
        var declared = known.Add(notice.Id)
            ? $"##teamcity[inspectionType id='{id}' name='{id}' category='Mlops.Build' description='{id}']\n"
            : "";
        return $"{declared}##teamcity[inspection typeId='{id}' message='{text}' file='{Value(notice.File)}' "
            + $"line='{line}' SEVERITY='{severity}']";
    }

    public override IEnumerable<string> Deliver(Delivery delivery, AbsolutePath? folder)
    {
        foreach (var (name, value) in delivery.Outputs)
            yield return $"##teamcity[setParameter name='{NameOf(name)}' value='{Value(value)}']";
        if (WriteSummary(delivery, folder) is { } path)
            yield return $"##teamcity[publishArtifacts '{Value(path)}']";
    }

    static string Value(string text)
    {
        var value = new StringBuilder(text.Length + 8);
        foreach (var letter in text)
            value.Append(letter switch
            {
                '|' or '\'' or '[' or ']' => $"|{letter}",
                '\n' => "|n",
                '\r' => "|r",
                > '\u007f' => string.Create(CultureInfo.InvariantCulture, $"|0x{(int)letter:x4}"),
                _ => letter.ToString(),
            });
        return value.ToString();
    }
}
