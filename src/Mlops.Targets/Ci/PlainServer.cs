namespace Mlops.Targets;

/// <summary>Jenkins and all others: the log is text, warnings are written as compilers write them.</summary>
sealed class PlainServer : CiHost
{
    public override string Name => "CI";

    public override bool ShowsNotices => false;

    public override string Open(string group, DateTimeOffset now) => $"== {group}";

    public override string? Close(string group, DateTimeOffset now) => null;

    public override string Say(Notice notice) => base.Say(notice).ReplaceLineEndings(" ");

    public override IEnumerable<string> Deliver(Delivery delivery, AbsolutePath? folder)
    {
        WriteSummary(delivery, folder);
        return [];
    }
}
