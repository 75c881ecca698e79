namespace Mlops.Targets.Tests;

/// <summary>
/// What NUKE's targets mean, case by case: what is declared, what is asked for, what becomes of the plan.
/// Where this host differs on purpose, the case is in <see cref="DeviationTests"/> instead.
/// </summary>
public class ConformanceTests
{
    /// <summary>Declarations, command line, outcome.</summary>
    public static TheoryData<string, string, string> Cases => new()
    {
        // What comes into the plan, and in which order.
        { "A runs", "A", "A" },
        { "A needs B, B needs C", "A", "C → B → A" },
        { "A needs B C, B needs D, C needs D", "A", "D → B → C → A" },
        { "A needs B", "B", "B" },
        { "A neededBy B", "B", "A → B" },
        { "A neededBy B", "A", "A" },
        { "B neededBy A, A needs B", "A", "B → A" },
        { "A after B", "A", "A" },
        { "A after B", "A B", "B → A" },
        { "B before A", "A B", "B → A" },
        { "A after B C, C after B, B after D", "A B C D", "D → B → C → A" },
        { "A needs B C, B after C", "A", "C → B → A" },
        { "A gathers, A needs B C", "A", "B → C → A gathers" },
        { "A runs", "a", "A" },
        { "A needs B", "A+B", "B → A" },
        { "A needs B", "--target A B", "B → A" },
        { "A needs B", "A A B", "B → A" },

        // Triggers.
        { "A triggers B", "A", "A → B" },
        { "A triggers B", "B", "B" },
        { "B triggeredBy A", "A", "A → B" },
        { "A triggers B, B needs C", "A", "A → C → B" },
        { "A triggers B, B triggers C", "A", "A → B → C" },
        { "A needs B, B triggers C", "A", "B → A → C" },
        { "A triggers B, A needs B", "B", "B" },
        { "A triggers C, B triggers C", "A B", "A → B → C" },

        // Conditions.
        { "A never", "A", "A skipped" },
        { "A notNow", "A", "A skipped" },
        { "A never, A needs B", "A", "B skipped → A skipped" },
        { "A never, A needs B, B needs C", "A", "C skipped → B skipped → A skipped" },
        { "A never, A needs B, C needs B", "A C", "B → A skipped → C" },
        { "A never, A needs B", "A B", "B → A skipped" },
        { "A never, A needs B, A leavesOthers", "A", "B → A skipped" },
        { "A notNow, A needs B", "A", "B → A skipped" },
        { "A needs B, B never", "A", "B skipped → A" },
        { "A needs B, B notNow", "A", "B skipped → A" },
        { "A never, A triggers B", "A", "A skipped → B skipped" },
        { "A notNow, A triggers B", "A", "A skipped → B skipped" },
        { "A notNow, A triggers B, C needs B", "A C", "A skipped → B → C" },
        { "A notNow, A triggers B", "A B", "A skipped → B" },
        { "A never, A lacks", "A", "A skipped" },
        { "A needs B, B lacks", "C", "C" },

        // Failures: what runs meanwhile and afterwards.
        { "A fails", "A", "A failed" },
        { "A needs B, B fails", "A", "B failed → A not run" },
        { "A fails", "A B", "A failed → B not run" },
        { "A fails, B assured", "A B C", "A failed → B → C not run" },
        { "A fails, B assured, B needs A", "B", "A failed → B" },
        { "A fails, B assured, B fails, C assured", "A B C", "A failed → B failed → C" },
        { "A fails, B assured, C needs B", "A C", "A failed → B → C not run" },
        { "A fails, C assured", "A B", "A failed → B not run" },
        { "A fails, A proceeds, B needs A", "B", "A failed → B" },
        { "A fails, A proceeds, B after A", "A B", "A failed → B" },
        { "A fails, A triggers B", "A", "A failed → B not run" },
        { "A fails, B assured, B never", "A B", "A failed → B skipped" },

        // What is left out.
        { "A needs B, B needs C", "A --skip B", "C skipped → B skipped → A" },
        { "A needs B C", "A --skip B", "B skipped → C → A" },
        { "A needs B", "A --skip", "B skipped → A" },
        { "A needs B, B needs C", "A C --skip", "C → B skipped → A" },
        { "A needs B, C needs B", "A C --skip b", "B skipped → A → C" },
        { "A triggers B", "A --skip B", "A → B skipped" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void OneAfterTheOther(string declared, string asked, string outcome) =>
        Letters.Run(declared, asked + " --sequential").ShouldBe(outcome);

    /// <summary>
    /// A failure that stops the build races with what runs beside it; all else must not depend on time.
    /// </summary>
    public static TheoryData<string, string, string> CasesWithoutRaces =>
        [.. Cases.Where(row => !row.Data.Item1.Contains("fails") || row.Data.Item1.Contains("proceeds"))];

    [Theory]
    [MemberData(nameof(CasesWithoutRaces))]
    public void BesideEachOther(string declared, string asked, string outcome) =>
        Letters.Run(declared, asked).ShouldBe(outcome);
}
