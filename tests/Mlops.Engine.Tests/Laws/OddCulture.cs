using System.Globalization;

namespace Mlops.Engine.Tests.Laws;

/// <summary>Where globalization is invariant no culture differs by itself, so this one is made to.</summary>
static class OddCulture
{
    public static CultureInfo Make()
    {
        var odd = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        odd.NumberFormat.NumberDecimalSeparator = ",";
        odd.NumberFormat.NumberGroupSeparator = ".";
        odd.NumberFormat.NegativeSign = "~";
        odd.DateTimeFormat.DateSeparator = "|";
        odd.DateTimeFormat.TimeSeparator = "·";
        odd.DateTimeFormat.ShortDatePattern = "dd/MM/yyyy";
        return odd;
    }
}
