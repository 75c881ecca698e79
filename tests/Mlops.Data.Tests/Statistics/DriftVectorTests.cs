using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mlops.Data.Tests.Statistics;

public sealed class DriftVectorTests
{
    [Fact]
    public void EveryFigureOfTwentyEightNumericCasesAgrees() =>
        Compare("numeric", NumericFigures.Of).ShouldBe((28, 2531));

    [Fact]
    public void EveryFigureOfTwelveCategoricalCasesAgrees() =>
        Compare("categorical", CategoryFigures.Of).ShouldBe((12, 1846));

    [Fact]
    public void AChangedExpectationIsFound()
    {
        var (id, expected, reference, current) = ReferenceVectors.Drift("numeric").First();
        var changed = JsonNode.Parse(expected.GetRawText())!;
        changed["ks"]!["p_exact"] = (double)changed["ks"]!["p_exact"]! * (1 + 2e-6);
        using var document = JsonDocument.Parse(changed.ToJsonString());

        Should.Throw<ShouldAssertException>(() =>
            ExpectedFigures.Compare(id, document.RootElement, NumericFigures.Of(reference, current)));
    }

    static (int Cases, int Figures) Compare(string kind, Func<string?[], string?[], Figures> compute)
    {
        var (cases, figures) = (0, 0);
        foreach (var (id, expected, reference, current) in ReferenceVectors.Drift(kind))
        {
            figures += ExpectedFigures.Compare(id, expected, compute(reference, current));
            cases++;
        }
        TestContext.Current.SendDiagnosticMessage($"{kind}: {figures} figures of {cases} cases compared");
        return (cases, figures);
    }
}
