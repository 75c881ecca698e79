namespace Mlops.Engine;

/// <summary>
/// An output record with a file that leaves the build under a version: to make an accepted one is a release.
/// </summary>
public interface IReleased : IJudged
{
    Artifact Archive { get; }

    string FileName { get; }

    string Version { get; }
}
