namespace Mlops.Targets;

/// <summary>What the host writes.</summary>
public enum OutputFormat
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>For machines.</summary>
    Json,

    /// <summary>With <c>--plan</c>: a page with the graph.</summary>
    Html,
}
