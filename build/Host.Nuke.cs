/// <summary>What the build needs and NUKE does not have.</summary>
sealed partial class Build
{
    /// <remarks>NUKE ends the process at Ctrl-C; whatever was finished by then is in the store.</remarks>
    static CancellationToken Stop => CancellationToken.None;
}

/// <summary>The exit codes that the project's own host knows by name.</summary>
static class ExitCodes
{
    public const int WrongUsage = 2;
    public const int DamagedStore = 3;
}
