using Microsoft.Data.Analysis;
using Mlops.Data.Validation.Checks;

/// <summary>The custom check <c>plausible-discounts</c>: what a table of rules cannot say.</summary>
static class PlausibleDiscounts
{
    const double LargestWithoutPromotion = 0.5;

    /// <summary>
    /// Fails rows that are sold at less than half the list price although no promotion was on. Rows that lack
    /// one of the three cells pass.
    /// </summary>
    public static CustomFinding Check(DataFrame part)
    {
        var failing = new List<long>();
        for (var row = 0L; row < part.Rows.Count; row++)
            if (part["price"][row] is double price && part["list-price"][row] is double list
                && part["promotion"][row] is "no" && price < list * (1 - LargestWithoutPromotion))
                failing.Add(row);
        return new CustomFinding(failing);
    }
}
