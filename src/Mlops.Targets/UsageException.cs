namespace Mlops.Targets;

/// <summary>
/// A person asked for something that cannot be: all mistakes of one phase. Thrown before any target has run,
/// it ends the build with <see cref="ExitCodes.WrongUsage"/>.
/// </summary>
public sealed class UsageException(IReadOnlyList<string> mistakes) : Exception(string.Join('\n', mistakes))
{
    public UsageException(string mistake) : this([mistake])
    {
    }

    public IReadOnlyList<string> Mistakes { get; } = mistakes;

    internal static void ThrowIfAny(IReadOnlyList<string> mistakes)
    {
        if (mistakes.Count > 0)
            throw new UsageException(mistakes);
    }
}
