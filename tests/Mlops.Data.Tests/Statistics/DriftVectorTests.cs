using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mlops.Data.Tests.Statistics;

public sealed class DriftVectorTests
{
    [Fact]
    public void WhatIsComputedOfTwentyEightNumericCasesAgrees() =>
        Compare("numeric", NumericFigures.Of, NumericFigures.Others).ShouldBe((28, 1979));

    [Fact]
    public void WhatIsComputedOfTwelveCategoricalCasesAgrees() =>
        Compare("categorical", CategoryFigures.Of, CategoryFigures.Others).ShouldBe((12, 1678));

    [Fact]
    public void AChangedExpectationIsFound()
    {
        var (id, expected, reference, current) = ReferenceVectors.Drift("numeric").First();
        var changed = JsonNode.Parse(expected.GetRawText())!;
        changed["ks"]!["p_kolmogorov"] = (double)changed["ks"]!["p_kolmogorov"]! * (1 + 2e-6);
        using var document = JsonDocument.Parse(changed.ToJsonString());

        Should.Throw<ShouldAssertException>(() =>
            ExpectedFigures.Compare(
                id, document.RootElement, NumericFigures.Of(reference, current), NumericFigures.Others));
    }

    static (int Cases, int Figures) Compare(
        string kind, Func<string?[], string?[], Figures> compute, string[] others)
    {
        var (cases, figures) = (0, 0);
        foreach (var (id, expected, reference, current) in ReferenceVectors.Drift(kind))
        {
            figures += ExpectedFigures.Compare(id, expected, compute(reference, current), others);
            cases++;
        }
        TestContext.Current.SendDiagnosticMessage($"{kind}: {figures} figures of {cases} cases compared");
        return (cases, figures);
    }
}
