using Mlops.Engine;

namespace Mlops.Pipelines.Specification;

/// <summary>
/// What is written in a pipeline and can never come to anything, though nothing fails for it.
/// </summary>
static class Idle
{
    public static IEnumerable<Problem> Of(PipelineSpecification specification)
    {
        if (specification.Monitor is { AgainstPackage: true, Classifier: not null })
            yield return new Problem(
                "YAML-014", "The classifier never runs: a package holds no rows to tell later ones from.",
                specification.Places?.OfSetting("monitor", "classifier"),
                Expected: "a classifier with a reference window, or a package without a classifier",
                Next: "Remove monitor.classifier, or give monitor.reference a window.");
    }
}
