namespace Mlops.Targets;

/// <summary>What the process says to whoever started it.</summary>
public static class ExitCodes
{
    public const int Success = 0;

    /// <summary>A target failed.</summary>
    public const int Failure = 1;

    /// <summary>A wrong value, an unknown name, a missing requirement: nothing was executed.</summary>
    public const int WrongUsage = 2;

    /// <summary>As shells report an interrupted program.</summary>
    public const int Cancelled = 130;
}
