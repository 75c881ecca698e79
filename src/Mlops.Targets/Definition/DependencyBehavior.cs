namespace Mlops.Targets;

/// <summary>What becomes of a skipped target's dependencies and triggers that nothing else needs.</summary>
public enum DependencyBehavior
{
    Skip,
    Execute,
}
