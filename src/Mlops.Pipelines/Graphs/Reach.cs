namespace Mlops.Pipelines.Graphs;

/// <summary>How far into a pipeline the steps reach that a person asks for.</summary>
public enum Reach
{
    /// <summary>Typed tables.</summary>
    Dataset,

    /// <summary>Tables divided, and held against their checks.</summary>
    Validation,

    /// <summary>Models and all that is made of them.</summary>
    Reports,
}
