namespace Mlops.Engine;

/// <summary>Turns what went wrong in a step into something that a person can act on.</summary>
static class Faults
{
    public static IReadOnlyList<Problem> ProblemsOf(StepName step, Exception fault) =>
        fault is ProblemException problem
            ? problem.Problems
            :
            [
                new Problem("ENGINE-004", $"{step} ended in an unexpected fault: {fault.Message}",
                    Actual: fault.GetType().Name, Next: "Run again; if it stays, report it with the log."),
            ];
}
