namespace Mlops.Engine;

/// <summary>Turns what went wrong in a step into something that a person can act on.</summary>
static class Faults
{
    /// <summary>ENOSPC, as .NET hands it on.</summary>
    const int NoSpaceLeft = 28;

    public static IReadOnlyList<Problem> ProblemsOf(StepName step, Exception fault) => fault switch
    {
        ProblemException problem => problem.Problems,
        IOException { HResult: var code } when (code & 0xFFFF) == NoSpaceLeft =>
        [
            new Problem("ENGINE-003", $"The disk is full; {step} could not be finished.", Actual: fault.Message,
                Next: "Free some space and run the same command again: what was finished is kept."),
        ],
        _ =>
        [
            new Problem("ENGINE-004", $"{step} ended in an unexpected fault: {fault.Message}", Actual: fault.GetType().Name,
                Next: "Run again; if it stays, report it with the log."),
        ],
    };
}
