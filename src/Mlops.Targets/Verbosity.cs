namespace Mlops.Targets;

/// <summary>How much the host says.</summary>
public enum Verbosity
{
    /// <summary>Everything; builds may say more than usual.</summary>
    Verbose,

    /// <summary>A header for each target, what it prints, the closing table, one sentence.</summary>
    Normal,

    /// <summary>No headers.</summary>
    Minimal,

    /// <summary>Failures and the closing sentence only.</summary>
    Quiet,
}
