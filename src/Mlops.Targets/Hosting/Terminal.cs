namespace Mlops.Targets;

/// <summary>What the host itself says, plain or, on a terminal that wants them, with colors.</summary>
sealed class Terminal(HostContext context, Verbosity verbosity)
{
    public const string Bold = "1";
    public const string Red = "31";
    public const string Green = "32";
    public const string Yellow = "33";
    public const string Dim = "2";

    public void Header(string target)
    {
        if (verbosity <= Verbosity.Normal)
            context.Out.WriteLine(Paint(Bold, $"== {target}"));
    }

    public void Failure(string headline, string message)
    {
        context.Out.WriteLine(Paint(Red, $"{headline}:"));
        foreach (var line in VisibleText.Of(message.ReplaceLineEndings("\n")).Split('\n'))
            context.Out.WriteLine(line.Length == 0 ? "" : "  " + line);
    }

    public void Refuse(IReadOnlyList<string> mistakes)
    {
        foreach (var mistake in mistakes)
            context.Error.WriteLine(Paint(Red, "error: ") + mistake);
        context.Error.WriteLine("Nothing was executed. See --help for all targets and parameters.");
    }

    public void Warn(string text) => context.Error.WriteLine(Paint(Yellow, "warning: ") + text);

    public void Line(string text = "") => context.Out.WriteLine(text);

    public string Paint(string code, string text) => context.UseColor ? $"\e[{code}m{text}\e[0m" : text;
}
